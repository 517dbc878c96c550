import { MODE_LABELS } from '#app/organization/change/change-kind.ts';
import { ENTITY_TYPE_LABELS } from '#app/organization/entity/entity.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { UnitMoment, UnitPanel as Panel } from '../organisation-view.server.ts';
import { UNIT_TYPE_LABELS } from '../unit-words.ts';

/** One unit on the day: what it is, what it was before, which acts touch it. */
export function UnitPanel({ unit, day, mayChange }: { unit: Panel; day: string; mayChange: boolean }) {
  return (
    <div className="space-y-6">
      <Card title={unit.name}>
        <DefinitionList
          items={[
            { term: '类型', value: UNIT_TYPE_LABELS[unit.unitType] },
            { term: '隶属', value: unit.path.join(' / ') },
            { term: '单位代码', value: unit.code },
            { term: '执法领域', value: unit.fields.join('、') || '–' },
            { term: '在编在册', value: `${formatCount(unit.people)} 人（${formatDay(day)}）` },
            ...(unit.mode === null ? [] : [{ term: '执法模式', value: MODE_LABELS[unit.mode] }]),
            ...(unit.entities.length === 0 ? [{ term: '执法主体', value: '–' }] : []),
          ]}
        />
      </Card>
      {unit.entities.map((entity) => (
        <Card key={entity.entityId} title={`执法主体：${entity.name}`}>
          <DefinitionList items={entityItems(entity)} />
        </Card>
      ))}
      <Card title="沿革">
        <Timeline
          label={`${unit.name}沿革`}
          items={unit.moments.map((moment, index) => ({
            key: moment.key,
            at: stretchText(moment),
            title: moment.name,
            body: [
              moment.regionName,
              moment.parentName === null ? null : `上级 ${moment.parentName}`,
              moment.documentNo,
            ]
              .filter(Boolean)
              .join(' · '),
            isCurrent: index === unit.moments.length - 1 && moment.toDay === null,
          }))}
        />
      </Card>
      {unit.changes.length > 0 ? (
        <Card title="相关变更">
          <ul className="space-y-2">
            {unit.changes.map((change) => (
              <li key={change.id}>
                {mayChange ? (
                  <TextLink to={`/bureau/organisation/changes/${change.id}`}>{change.title}</TextLink>
                ) : (
                  change.title
                )}
                <p className="text-sm text-ink-muted">{`${formatDay(change.day)} · ${change.documentNo}`}</p>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}

/** What the register says of the body; what it does not know is left out. */
function entityItems({ details, ...entity }: Panel['entities'][number]): { term: string; value: string }[] {
  const { entrustedFrom, entrustedUntil } = details;
  const term =
    entrustedFrom === null && entrustedUntil === null
      ? null
      : `${entrustedFrom === null ? '' : formatDay(entrustedFrom)}至${entrustedUntil === null ? '长期' : formatDay(entrustedUntil)}`;
  const known: readonly (readonly [string, string | null])[] = [
    ['类别', ENTITY_TYPE_LABELS[entity.entityType]],
    ['信用代码', entity.creditCode],
    ['执法依据', entity.legalBasis],
    ['法定代表人', details.legalRepresentative],
    ['地址', details.address],
    ['电话', details.phone],
    ['委托期限', term],
    ['确认文号', entity.confirmationNo],
    ['公告日期', entity.announcedDay === null ? null : formatDay(entity.announcedDay)],
  ];
  return known.flatMap(([label, value]) => (value === null ? [] : [{ term: label, value }]));
}

/** `toDay` is the first day that no longer belongs to the stretch; in words its last day is named. */
function stretchText({ fromDay, toDay }: UnitMoment): string {
  const end = toDay === null ? '' : `，至${formatDay(addDays(toDay, -1))}止`;
  return `${formatDay(fromDay)}起${end}`;
}
