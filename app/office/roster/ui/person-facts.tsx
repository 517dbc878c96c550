import { ESTABLISHMENT_LABELS, SEX_LABELS } from '#app/organization/person/person.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { PersonPage } from '../person-view.server.ts';

/** Who the person is, in which post, with which card. The ID number is never whole. */
export function PersonFacts({ page }: { page: PersonPage }) {
  const { person, home, unitName, fields } = page;
  const fieldName = fields.find(({ code }) => code === home?.fieldCode)?.name ?? null;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Card title="基本信息">
        <div className="flex flex-wrap gap-6">
          <Photo page={page} />
          <div className="min-w-0 flex-1 basis-64">
            <DefinitionList
              items={[
                { term: '姓名', value: person.name },
                { term: '性别', value: SEX_LABELS[person.sex] },
                { term: '出生年月', value: person.birthMonth },
                { term: '身份证号', value: person.idNumberMasked },
                { term: '学历', value: person.education },
                { term: '法律职业资格', value: person.hasLegalQualification ? '有' : '无' },
                { term: '联系电话', value: person.hasPhone ? '已登记（加密保存）' : null },
              ]}
            />
          </div>
        </div>
      </Card>
      <div className="space-y-6">
        <Card title="岗位">
          {home === null ? (
            <p>已离岗。最后所在单位：{unitName}。</p>
          ) : (
            <DefinitionList
              items={[
                { term: '工作单位', value: unitName },
                { term: '内设机构', value: home.department },
                { term: '职务/职级', value: home.position },
                { term: '编制性质', value: ESTABLISHMENT_LABELS[home.establishment] },
                { term: '执法岗位', value: home.isEnforcementPost ? '是' : '否' },
                { term: '执法领域', value: fieldName },
                { term: '执法区域', value: home.enforcementArea },
              ]}
            />
          )}
        </Card>
        <Card title="执法证件">
          <CardLines page={page} />
        </Card>
      </div>
    </div>
  );
}

function Photo({ page }: { page: PersonPage }) {
  const { id, name, hasPhoto } = page.person;
  return (
    <div className="w-28 shrink-0">
      {hasPhoto ? (
        <img
          src={`/coordinate/roster/${id}/photo`}
          alt={`${name} 的照片`}
          className="aspect-[5/7] w-28 rounded border border-line object-cover"
        />
      ) : (
        <div className="flex aspect-[5/7] w-28 items-center justify-center rounded border border-dashed border-line-strong px-2 text-center text-sm text-ink-muted">
          没有照片
        </div>
      )}
    </div>
  );
}

function CardLines({ page: { cards, notAdmitted, fields } }: { page: PersonPage }) {
  if (cards.length === 0 && notAdmitted === null) return <p className="text-ink-muted">没有执法证件。</p>;
  return (
    <div className="space-y-3">
      {notAdmitted === null ? null : (
        <div>
          <StateBadge shape="hollow" tone="danger">
            不得申领
          </StateBadge>
          <p className="mt-1 text-sm text-ink-muted">{notAdmitted}</p>
        </div>
      )}
      {cards.map((card) => (
        <div key={card.certificateNo} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <StateBadge shape={card.shape} tone={card.tone}>
            {card.word}
          </StateBadge>
          <span className="tabular-nums">
            {card.path === null ? (
              groupDigits(card.certificateNo)
            ) : (
              <TextLink to={card.path}>{groupDigits(card.certificateNo)}</TextLink>
            )}
          </span>
          <span className="text-sm text-ink-muted">
            {fields.find(({ code }) => code === card.fieldCode)?.name ?? card.fieldCode}，有效期至{' '}
            {formatDay(card.validToDay)}
          </span>
        </div>
      ))}
    </div>
  );
}
