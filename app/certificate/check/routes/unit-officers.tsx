import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { publicDoor } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { CERTIFICATE_REFUSALS } from '../../refusals.ts';
import { OFFICERS_PER_PAGE, viewUnitOfficers } from '../check-view.server.ts';
import { OfficerList } from '../ui/officer-list.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.list?.unitName ?? '单位'}行政执法人员 · 执法学堂` },
  { name: 'robots', content: 'noindex, nofollow' },
];

export const headers: HeadersFunction = () => ({
  'X-Robots-Tag': 'noindex, nofollow',
  'Cache-Control': 'no-store',
});

const MAX_PAGE = 10_000;

export const loader = publicDoor('public.read', async ({ ctx, params, request, context }) => {
  const search = new URL(request.url).searchParams;
  const unitId = params.unit ?? '';
  if (!isId(unitId)) throw new Response(null, { status: 404 });
  const text = (search.get('q') ?? '').slice(0, 30);
  const asked = Number(search.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked >= 1 && asked <= MAX_PAGE ? asked : 1;
  const outcome = await viewUnitOfficers(ctx, { unitId, text, page }, context.clientAddress);
  if (outcome.ok) {
    const pages = Math.max(Math.ceil(outcome.value.total / OFFICERS_PER_PAGE), 1);
    return data({ list: outcome.value, pages, text, refusal: null }, { status: 200 });
  }
  if (outcome.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
  const refusal = answerFor(outcome, CERTIFICATE_REFUSALS);
  return data({ list: null, pages: 1, text, refusal: refusal.text }, { status: refusal.status });
});

/** The public list of a unit (AJ3, RA5): what the citizen may compare a shown card with. */
export default function UnitOfficers() {
  const { list, pages, text, refusal } = useLoaderData<typeof loader>();
  if (!list) return <Callout tone="warning" title={refusal ?? ''} />;
  return (
    <>
      <PageHead
        title={`${list.unitName}行政执法人员`}
        meta={`持有效行政执法证 ${formatCount(list.total)} 人 · 截至${formatInstant(list.asOf)}`}
      />
      <Form method="get" className="mb-8 flex flex-wrap items-end gap-3">
        <TextField label="姓名" name="q" required width="medium" maxLength={30} defaultValue={text} />
        <SubmitButton tone="secondary" isPending={false}>
          查找
        </SubmitButton>
      </Form>
      <OfficerList unitName={list.unitName} rows={list.rows} isSearch={text !== ''} />
      {pages > 1 ? <Pages page={list.page} pages={pages} text={text} /> : null}
    </>
  );
}

function Pages({ page, pages, text }: { page: number; pages: number; text: string }) {
  const to = (target: number) => `?${new URLSearchParams({ q: text, page: String(target) }).toString()}`;
  return (
    <nav aria-label="分页" className="mt-6 flex items-center gap-4">
      {page > 1 ? <LinkButton to={to(page - 1)}>上一页</LinkButton> : null}
      <span className="tabular-nums text-ink-muted">
        第 {page} / {pages} 页
      </span>
      {page < pages ? <LinkButton to={to(page + 1)}>下一页</LinkButton> : null}
    </nav>
  );
}
