import type { MetaFunction } from '@remix-run/node';
import { useLoaderData, useLocation } from '@remix-run/react';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { door } from '../../door.server.ts';
import { AUDIT_PATH, MAX_EXPORT_ROWS, parseAskedAudit } from '../asked-audit.ts';
import { readAudit } from '../read-audit.server.ts';
import { AuditTable } from '../ui/audit-table.tsx';
import { DaysForm } from '../ui/days-form.tsx';

export const meta: MetaFunction = () => [{ title: '审计日志 · 执法学堂' }];

export const loader = door('audit.read', async ({ ctx, request }) => {
  const today = dayOf(ctx.clock.now());
  const asked = parseAskedAudit(new URL(request.url).searchParams, today);
  const outcome = await readAudit(ctx, asked);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, asked, today, isTooLong: outcome.value.total > MAX_EXPORT_ROWS };
});

export default function Audit() {
  const { rows, total, page, asked, today, isTooLong } = useLoaderData<typeof loader>();
  const { search } = useLocation();
  return (
    <>
      <PageHead
        title="审计日志"
        meta={`${formatDay(asked.fromDay)}至${formatDay(asked.toDay)} · 共 ${formatCount(total)} 条 · 查阅和导出同样留痕`}
        scope={<DaysForm asked={asked} today={today} />}
        action={
          isTooLong ? null : (
            <LinkButton to={`${AUDIT_PATH}.xlsx${search}`} reloadDocument download>
              导出表格
            </LinkButton>
          )
        }
      />
      {isTooLong ? (
        <div className="mb-6">
          <Callout tone="info" title={`超过 ${formatCount(MAX_EXPORT_ROWS)} 条，请缩小日期范围后导出`} />
        </div>
      ) : null}
      <AuditTable rows={rows} total={total} page={page} asked={asked} />
    </>
  );
}
