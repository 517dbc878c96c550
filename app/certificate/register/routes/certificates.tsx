import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { mayDo } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { REGISTER_TABLE } from '../register-table-spec.ts';
import { viewRegister } from '../register-view.server.ts';
import { RegisterTable } from '../ui/register-table.tsx';
import { StandingCounts } from '../ui/standing-counts.tsx';

export const meta: MetaFunction = () => [{ title: '证件登记 · 执法学堂' }];

export const loader = door('certificate.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, REGISTER_TABLE);
  const outcome = await viewRegister(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  const mayClear = mayDo(ctx, 'certificate.decide');
  return { ...outcome.value, mayClear, pageSize: query.size, sort: query.sort };
});

export default function Certificates() {
  const { today, mayClear, ...register } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="证件登记"
        meta={`截至${formatDay(today)} · 符合条件 ${formatCount(register.total)} 个`}
        action={
          <>
            {mayClear ? <LinkButton to="/bureau/certificates/clearance">证件清理公告</LinkButton> : null}
            <LinkButton to="/bureau/eligibility">查某人某日是否持证</LinkButton>
          </>
        }
      />
      <StandingCounts counts={register.counts} />
      <RegisterTable {...register} />
    </>
  );
}
