import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { parseSealNumber } from '../seal-number.ts';
import { viewSeal } from '../seal-view.server.ts';
import { FindingList, SealedPeople } from '../ui/sealed-people.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `封账编号 ${page?.sealNo ?? ''} · 执法学堂` },
];

export const loader = door('hours.check_seal', async ({ ctx, params }) => {
  const sealNo = parseSealNumber(params.seal);
  const view = sealNo === null ? null : await viewSeal(ctx, sealNo);
  if (view?.ok !== true) throw new Response(null, { status: view?.code === 'FORBIDDEN' ? 403 : 404 });
  return view.value;
});

/** A seal: does it still hold, what did it seal, what came after. */
export default function Seal() {
  const view = useLoaderData<typeof loader>();
  const adjusted = view.people.filter((person) => person.adjustments.length > 0).length;
  return (
    <>
      <PageHead
        title={`封账编号 ${view.sealNo}`}
        breadcrumb={[
          {
            label: `${view.year}年学时`,
            to: view.isWhole ? `/coordinate/years?year=${view.year}` : `/hours?year=${view.year}`,
          },
        ]}
        meta={`${view.unitName}，${view.year}年度，${formatDay(view.closedDay)}封账`}
      />
      <div className="space-y-8">
        <Card title="查验结果">
          <p className="mb-4">
            <StateBadge shape={view.isSound ? 'solid' : 'hollow'} tone={view.isSound ? 'positive' : 'danger'}>
              {view.isSound ? '封账数据完整，未被改动' : '封账数据与签名不符，请联系系统管理员'}
            </StateBadge>
          </p>
          <FindingList findings={view.findings} />
        </Card>
        <Card title="封账情况">
          <DefinitionList
            columns={2}
            items={[
              { term: '单位', value: view.unitName },
              { term: '人数', value: `${formatCount(view.peopleCount)} 人` },
              { term: '单位确认', value: view.confirmedByName },
              { term: '封账', value: `${view.frozenByName ?? '–'}，${formatInstant(view.frozenAt)}` },
              { term: '内容摘要', value: <code className="break-all text-xs">{view.contentHash}</code> },
              { term: '签名密钥', value: <code className="break-all text-xs">{view.keyId}</code> },
            ]}
          />
        </Card>
        <section aria-labelledby="sealed" className="space-y-3">
          <h2 id="sealed" className="text-lg font-semibold">
            {view.isWhole ? '封账名单' : '您的封账数'}
          </h2>
          <p className="text-sm text-ink-muted">
            {adjusted === 0
              ? '封账后没有调整。'
              : `封账后有 ${formatCount(adjusted)} 人有调整，列在封账数旁边；封账数不变。`}
          </p>
          <SealedPeople people={view.people} />
        </section>
      </div>
    </>
  );
}
