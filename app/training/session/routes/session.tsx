import { data } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { pageBounds, parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { viewClassPapers } from '../papers/class-papers-view.server.ts';
import { candidatesView } from '../candidates-view.server.ts';
import { ROSTER_SORTS, rosterPage } from '../roster-page.ts';
import { candidatesQuery, runSessionForm } from '../session-action.server.ts';
import type { SessionView } from '../session-view.server.ts';
import { sessionView } from '../session-view.server.ts';
import { FORM_LABELS } from '../session.ts';
import { ActionNotice } from '../ui/action-notice.tsx';
import { AttendancePanel } from '../ui/attendance-panel.tsx';
import { SessionBadge } from '../ui/attendance-words.tsx';
import { CandidatesPanel } from '../ui/candidates-panel.tsx';
import { ClosePanel } from '../ui/close-panel.tsx';
import { PapersPanel } from '../ui/papers-panel.tsx';
import { RosterPanel } from '../ui/roster-panel.tsx';
import { SessionFacts } from '../ui/session-facts.tsx';
import type { SessionHead } from '../ui/session-facts.tsx';
import { SessionTabs } from '../ui/session-tabs.tsx';
import type { SessionTab } from '../ui/session-tabs.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view.session.title ?? '培训班'} · 执法学堂` },
];

const params = z.object({ session: z.string().refine(isId) });
const MARKS_PER_PAGE = 100;

/** A tab the class has: people are added and removed, and it is closed, by those who may. */
function tabsOf(view: SessionView): SessionTab[] {
  const isOpen = view.session.status === 'scheduled';
  const tabs: SessionTab[] = ['roster'];
  if (isOpen && view.may.schedule) tabs.push('add');
  if (isOpen && view.may.mark) tabs.push('attendance');
  if (view.may.close || !isOpen) tabs.push('close');
  tabs.push('papers');
  return tabs;
}

async function panelOf(ctx: ActorCtx, view: SessionView, tab: SessionTab, search: URLSearchParams) {
  switch (tab) {
    case 'add': {
      const { table, people } = candidatesQuery(search.toString());
      const candidates = await candidatesView(ctx, { ...people, ...table });
      if (!candidates.ok) throw new Response(null, { status: 403 });
      const enrolled = view.people.map((person) => person.personId);
      return {
        tab,
        ...candidates.value,
        enrolled,
        page: table.page,
        size: table.size,
        sort: table.sort,
      } as const;
    }
    case 'attendance': {
      const block = view.blocks.find((one) => one.id === search.get('block')) ?? currentBlock(view);
      const { page, pages, offset } = pageBounds(
        view.people.length,
        Number(search.get('page')) || 1,
        MARKS_PER_PAGE,
      );
      return { tab, block, people: view.people.slice(offset, offset + MARKS_PER_PAGE), page, pages } as const;
    }
    case 'close':
      return { tab, people: view.people } as const;
    case 'papers':
      return {
        tab,
        ...(await viewClassPapers(ctx, view)),
        commandIds: { one: newId(), file: newId() },
      } as const;
    case 'roster': {
      const query = parseTableQuery(search, {
        sorts: ROSTER_SORTS,
        defaultSort: { field: 'unit', direction: 'asc' },
        filters: ['state'],
        defaultSize: 50,
      });
      return { tab, ...rosterPage(view.people, query), size: query.size, sort: query.sort } as const;
    }
  }
}

/** The block to mark next: the first that has begun and is not complete, else the last that has begun. */
function currentBlock(view: SessionView) {
  const begun = view.blocks.filter((block) => block.hasStarted);
  return begun.find((block) => block.unmarked > 0) ?? begun[begun.length - 1] ?? view.blocks[0];
}

export const loader = door('session.read', async ({ ctx, params: raw, request }) => {
  const parsed = params.safeParse(raw);
  if (!parsed.success) throw new Response(null, { status: 404 });
  const view = await sessionView(ctx, parsed.data.session);
  if (!view.ok) throw new Response(null, { status: answerFor(view, TRAINING_REFUSALS).status });
  const search = new URL(request.url).searchParams;
  const tabs = tabsOf(view.value);
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'roster';
  const { people, ...rest } = view.value;
  const panel = await panelOf(ctx, view.value, tab, search);
  return {
    view: { ...rest, count: people.length, unmarked: unmarkedOf(people) },
    tabs,
    panel,
    commandId: newId(),
  };
});

const unmarkedOf = (people: SessionView['people']): number =>
  people.filter((person) => person.state === 'unmarked').length;

export const action = door('session.read', async ({ ctx, params: raw, request }) => {
  const parsed = params.safeParse(raw);
  if (!parsed.success) throw new Response(null, { status: 404 });
  const result = await runSessionForm(ctx, parsed.data.session, await request.formData());
  return data(result, { status: result.refusal?.status ?? 200 });
});

/** A closed class says itself what closing has done. */
function isClosedPanel(tab: SessionTab, view: SessionHead): boolean {
  return tab === 'close' && view.session.status === 'closed';
}

export default function SessionPage() {
  const { view, tabs, panel, commandId } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>() ?? null;
  const { session } = view;
  return (
    <>
      <PageHead
        title={session.title}
        breadcrumb={[{ label: '培训班', to: '/coordinate/sessions' }]}
        meta={
          <span className="flex flex-wrap items-baseline gap-x-4">
            <SessionBadge status={session.status} isDue={session.status === 'scheduled' && view.isOver} />
            <span>{`${view.unitName} · ${FORM_LABELS[session.form]} · ${view.count}/${session.capacity} 人`}</span>
          </span>
        }
      />
      <SessionFacts view={view} />
      <SessionTabs tabs={tabs} open={panel.tab} count={view.count} unmarked={view.unmarked} />
      <ActionNotice result={isClosedPanel(panel.tab, view) && !result?.refusal ? null : result} />
      {panel.tab === 'roster' ? <RosterPanel {...{ view, panel, commandId }} /> : null}
      {panel.tab === 'add' ? <CandidatesPanel {...{ panel, commandId }} /> : null}
      {panel.tab === 'attendance' ? (
        <AttendancePanel {...{ view, panel, commandId, typed: result?.typed ?? null }} />
      ) : null}
      {panel.tab === 'papers' ? <PapersPanel sessionId={session.id} {...panel} /> : null}
      {panel.tab === 'close' ? <ClosePanel {...{ view, people: panel.people, commandId }} /> : null}
    </>
  );
}
