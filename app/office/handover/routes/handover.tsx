import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import { viewHandover } from '../handover-views.server.ts';
import { ItemGroups } from '../ui/item-groups.tsx';

export const meta: MetaFunction = () => [{ title: '工作交接单 · 执法学堂' }];

export const loader = door('handover.file', async ({ ctx, params }) => {
  const id = params.handover ?? '';
  const outcome = isId(id) ? await viewHandover(ctx, id) : null;
  if (!outcome?.ok) throw new Response(null, { status: outcome?.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

const SIGNATURES = ['移交人', '接收人', '监交人'] as const;

export default function HandoverSheet() {
  const handover = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="工作交接单"
        breadcrumb={[
          { label: '待办任务', to: '/tasks' },
          { label: '工作交接', to: '/tasks/handovers' },
          { label: formatDay(handover.day) },
        ]}
        meta="用浏览器的“打印”打印本页，由三方签字存档"
      />
      <PrintSheet unit={handover.unitName} date={formatDay(handover.day)}>
        <DefinitionList
          items={[
            { term: '单位', value: handover.unitName },
            { term: '移交人', value: handover.fromName },
            { term: '接收人', value: handover.toName },
            { term: '生效日期', value: formatDay(handover.day) },
            { term: '交接原因', value: handover.reason },
            { term: '办理', value: `${handover.actorName} ${formatInstant(handover.occurredAt)}` },
          ]}
        />
        <div className="mt-8">
          <ItemGroups groups={handover.groups} />
        </div>
        <dl className="mt-12 hidden grid-cols-3 gap-8 print:grid">
          {SIGNATURES.map((who) => (
            <div key={who}>
              <dt>{`${who}（签字）`}</dt>
              <dd className="mt-10 border-t border-line-strong pt-1">日期</dd>
            </div>
          ))}
        </dl>
      </PrintSheet>
    </>
  );
}
