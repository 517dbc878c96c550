import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import type { AttendanceState } from '../attendance.ts';
import { FORM_LABELS } from '../session.ts';
import type { OwnSessionLine } from '../sessions-view.server.ts';
import { mySessionsView } from '../sessions-view.server.ts';
import { AttendanceBadge, STATE_WORDS } from '../ui/attendance-words.tsx';

export const meta: MetaFunction = () => [{ title: '我的培训班 · 执法学堂' }];

export const loader = door('session.attend', async ({ ctx }) => {
  const view = await mySessionsView(ctx);
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

export default function MySessionsPage() {
  const { coming, past } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="我的培训班" meta="单位为您安排的集中培训" />
      {coming.length + past.length === 0 ? (
        <EmptyState
          title="还没有安排培训班"
          text="单位联络员把您列入名册后，时间和地点会显示在这里。"
          action={<LinkButton to="/courses">先学网络课程</LinkButton>}
        />
      ) : null}
      <SessionList title="将要参加" sessions={coming} />
      <SessionList title="已经结束" sessions={past} />
    </>
  );
}

function SessionList({ title, sessions }: { title: string; sessions: readonly OwnSessionLine[] }) {
  if (sessions.length === 0) return null;
  return (
    <section aria-label={title} className="mt-8 first:mt-0">
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
        {sessions.map((session) => (
          <li key={session.id} id={`session-${session.id}`} className="px-5 py-4 target:bg-accent-soft">
            <SessionItem session={session} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SessionItem({ session }: { session: OwnSessionLine }) {
  const stated =
    session.statedCreditSeconds === null
      ? '按到课时间计学时'
      : `规定 ${formatHours(session.statedCreditSeconds)}`;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h3 className="text-base font-semibold">{session.title}</h3>
        <Part session={session} />
      </div>
      <ul className="mt-1 tabular-nums">
        {session.blocks.map((block) => (
          <li key={block}>{block}</li>
        ))}
      </ul>
      <p className="mt-1 text-sm text-ink-muted">
        {[session.place, `授课人 ${session.lecturer}`, session.unitName].join(' · ')}
      </p>
      <p className="mt-0.5 text-sm text-ink-muted">
        {[FORM_LABELS[session.form], CATEGORY_LABELS[session.category], stated].join(' · ')}
      </p>
    </>
  );
}

const isState = (part: string): part is AttendanceState => Object.keys(STATE_WORDS).includes(part);

/** What has come of it for the person: attendance and credit once closed, before that only that it waits. */
function Part({ session }: { session: OwnSessionLine }) {
  if (session.status === 'cancelled')
    return (
      <StateBadge shape="hollow" tone="neutral">
        已取消
      </StateBadge>
    );
  if (session.status !== 'closed')
    return (
      <StateBadge shape="dot" tone="pending">
        {session.isOver ? '待结班' : '已列入名册'}
      </StateBadge>
    );
  return (
    <span className="flex items-baseline gap-4">
      {isState(session.part) ? <AttendanceBadge state={session.part} /> : null}
      <span className="font-semibold tabular-nums">{formatHours(session.creditSeconds)}</span>
    </span>
  );
}
