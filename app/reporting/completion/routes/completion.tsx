import type { MetaFunction } from '@remix-run/node';
import { useLoaderData, useLocation } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { dayOf, formatDay, yearOf } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import {
  formatCount,
  formatHours,
  formatHoursFigure,
  formatPercent,
  NO_FIGURE,
} from '#app/platform/ui/text/format.ts';
import { parseAskedScope, scopeSearch } from '../asked.ts';
import { meanCreditSecondsFloor } from '../figures.ts';
import { dataText, findingOf } from '../headline.ts';
import { pageOfQuery, parsePersonQuery } from '../person-query.ts';
import { CompletionFigure } from '../ui/completion-figure.tsx';
import { DaySwitch } from '../ui/day-switch.tsx';
import { DefinitionNotes } from '../ui/definition-notes.tsx';
import { PersonTable } from '../ui/person-table.tsx';
import { SealNotes } from '../ui/seal-notes.tsx';
import type { UnitCompletion } from '../unit-completion-view.server.ts';
import { unitCompletion } from '../unit-completion-view.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${data.page.title}学时达标` : '学时达标'} · 执法学堂` },
];

export const loader = door('figures.read', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const { place, day, problem } = parseAskedScope(params, dayOf(ctx.clock.now()));
  const query = parsePersonQuery(params);
  const page = await unitCompletion(ctx, { place, day, persons: pageOfQuery(query) });
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: page.value, query, problem };
});

export default function Completion() {
  const { page, query, problem } = useLoaderData<typeof loader>();
  const { search } = useLocation();
  return (
    <>
      <PageHead
        title={`${page.title}学时达标情况`}
        breadcrumb={crumbsOf(page)}
        meta={`截至${formatDay(page.day)} · ${dataText(page)}`}
        scope={<DaySwitch place={page.place} day={page.day} today={page.today} firstYear={page.firstYear} />}
        action={
          <LinkButton to={`/supervise/completion.xlsx${search}`} reloadDocument>
            导出 Excel
          </LinkButton>
        }
      />
      <div className="space-y-6">
        {problem ? <Callout tone="warning" title={problem} /> : null}
        <Totals page={page} />
        <Figure page={page} />
        {page.persons ? (
          <section aria-label="应训人员" className="space-y-3">
            <h2 className="text-lg font-semibold">应训人员</h2>
            <PersonTable
              rows={page.persons.rows}
              total={page.persons.total}
              query={query}
              hasSubUnits={page.rows.some((row) => row.place !== null)}
              unitName={page.title}
              explainedYear={page.mayExplain ? yearOf(page.day) : null}
            />
          </section>
        ) : null}
        {page.seals ? <SealNotes seals={page.seals} /> : null}
        <DefinitionNotes definitions={page.definitions} />
      </div>
    </>
  );
}

function crumbsOf(page: UnitCompletion) {
  return page.trail.slice(0, -1).map((step) => ({
    label: step.label,
    to: `/supervise/completion${scopeSearch(step.place, page.day, page.today)}`,
  }));
}

function Totals({ page }: { page: UnitCompletion }) {
  const { due, met, keyDue, keyMet } = page.total;
  const mean = meanCreditSecondsFloor(page.total);
  return (
    <StatRow>
      <Stat
        label="达标率"
        value={formatPercent(met, due)}
        detail={due === 0 ? '没有应训人员' : `${formatCount(met)}/${formatCount(due)}`}
      />
      <Stat label="未达标" value={formatCount(due - met)} unit="人" />
      <Stat
        label="人均学时"
        value={mean === null ? NO_FIGURE : formatHoursFigure(mean)}
        unit="学时"
        detail={`序时应达 ${formatHours(page.paceSeconds)}`}
      />
      <Stat
        label="重点领域达标率"
        value={formatPercent(keyMet, keyDue)}
        detail={keyDue === 0 ? '没有重点领域人员' : `${formatCount(keyMet)}/${formatCount(keyDue)}`}
      />
    </StatRow>
  );
}

function Figure({ page }: { page: UnitCompletion }) {
  if (page.total.due === 0)
    return (
      <EmptyState
        title="没有应训人员"
        text={`截至${formatDay(page.day)}，本范围内没有持有效或暂扣行政执法证的人员。请换一个日期或范围。`}
      />
    );
  const isOneRow = page.rows.length === 1 && page.rows[0]?.place === null;
  if (isOneRow && page.persons !== null) return null;
  return (
    <>
      <CompletionFigure
        rows={page.rows}
        total={page.total}
        line={page.line}
        rowNoun={page.rowNoun}
        day={page.day}
        today={page.today}
        title={findingOf(page)}
        subtitle={`${page.title}，截至${formatDay(page.day)}；达标、应训、未达标为人数，“重点”指重点执法领域`}
      />
      {page.emptyRows > 0 ? (
        <p className="text-sm text-ink-muted">
          另有 {formatCount(page.emptyRows)} 个{page.rowNoun}截至该日没有应训人员，未列出。
        </p>
      ) : null}
    </>
  );
}
