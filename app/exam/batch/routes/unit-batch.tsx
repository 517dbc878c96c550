import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PapersCard } from '#app/office/document/ui/papers-card.tsx';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import type { Phase } from '../batch.ts';
import { unitBatchPath } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import { REVIEW_SHEET } from '../papers/registration-papers.ts';
import { actOnUnitBatch } from '../registration/unit-action.server.ts';
import { PEOPLE_SORTS } from '../registration/unit-people.ts';
import { viewUnitPeople } from '../registration/unit-people-view.server.ts';
import { BatchBadge } from '../ui/badges.tsx';
import { HandInCard } from '../ui/hand-in-card.tsx';
import { PeopleTable } from '../ui/people-table.tsx';
import { RegisterForm } from '../ui/register-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.batch.title ?? '考试报名'} · 执法学堂` },
];

const TABLE = {
  sorts: PEOPLE_SORTS,
  defaultSort: { field: 'verdict', direction: 'asc' },
  filters: ['verdict', 'standing'],
  defaultSize: 50,
} as const;

export const loader = door('exam.read_registration', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  const query = parseTableQuery(searchParams, TABLE);
  const unit = searchParams.get('unit');
  const all = searchParams.get('all') === 'on';
  const page = await viewUnitPeople(ctx, {
    batchId: params.batch,
    unitId: isId(unit) ? unit : null,
    filter: {
      text: query.q,
      verdict: query.filters.verdict ?? null,
      standing: query.filters.standing ?? null,
      all,
      sort: query.sort,
    },
    page: query.page,
    size: query.size,
  });
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return {
    ...page.value,
    size: query.size,
    sort: query.sort,
    all,
    preparer: ctx.actor.displayName,
    commands: {
      bulk: newId(),
      register: newId(),
      paper: newId(),
      handIn: page.value.parts.map(() => newId()),
    },
  };
});

export const action = door('exam.read_registration', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const acted = await actOnUnitBatch(ctx, params.batch, await request.formData());
  return 'to' in acted ? redirect(acted.to) : data(acted.posted, { status: acted.status });
});

/** When one may do what, in a sentence. */
function windowText(batch: Batch, phase: Phase): string {
  const until = `撤报至 ${formatInstant(batch.withdrawUntil)}`;
  if (phase === 'not_yet') return `${formatInstant(batch.registerFrom)} 开始报名`;
  if (phase === 'regular') return `报名至 ${formatInstant(batch.registerUntil)}，${until}`;
  if (phase === 'late' && batch.lateUntil !== null)
    return `补报至 ${formatInstant(batch.lateUntil)}，${until}`;
  return `报名已结束，${until}`;
}

export default function UnitBatch() {
  const page = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { batch, phase, commands, unitId } = page;
  const here = unitBatchPath(batch.id);
  const withUnit = unitId === null ? '' : `&unit=${unitId}`;
  return (
    <>
      <PageHead
        title={batch.title}
        breadcrumb={[{ label: '考试报名', to: '/coordinate/registrations' }]}
        meta={
          <>
            <BatchBadge status={batch.status} phase={phase} />
            {`，${windowText(batch, phase)}`}
          </>
        }
        scope={
          <LinkButton to={page.all ? `${here}?${withUnit}` : `${here}?all=on${withUnit}`} size="small">
            {page.all ? '只看拟报考人员' : '显示全部人员'}
          </LinkButton>
        }
      />
      <Refusal text={posted?.refusal ?? null} />
      {posted?.preview ? (
        <RegisterForm
          people={posted.preview}
          posted={posted}
          isLate={phase === 'late'}
          cancelTo={here}
          commandId={commands.register}
        />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {page.isTooMany ? (
          <Callout tone="info" title="人员较多，请先选择单位">
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {page.units.map(({ id, name }) => (
                <li key={id}>
                  <LinkButton to={`${here}?unit=${id}`} size="small">
                    {name}
                  </LinkButton>
                </li>
              ))}
            </ul>
          </Callout>
        ) : (
          <PeopleTable
            rows={page.rows}
            total={page.total}
            page={page.page}
            size={page.size}
            sort={page.sort}
            phase={phase}
            mayRegister={page.mayRegister}
            commandId={commands.bulk}
          />
        )}
        <div className="grid items-start gap-6 xl:grid-cols-2">
          {page.mayRegister ? (
            <HandInCard
              parts={page.parts}
              preparer={page.preparer}
              typed={posted?.values ?? {}}
              commandIds={commands.handIn}
            />
          ) : null}
          <PapersCard
            action={here}
            commandId={commands.paper}
            offered={page.units.map(({ id, name }) => ({
              value: id,
              label: `${REVIEW_SHEET.title}（${name}）`,
            }))}
            documents={page.documents}
          />
        </div>
      </div>
    </>
  );
}
