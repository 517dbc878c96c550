import { DueText } from '#app/office/task/ui/due-text.tsx';
import type { TaskLine } from '#app/office/task/tasks-view.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Share } from '#app/platform/ui/data/share.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { formatCount, formatHours, formatPercent, formatShare } from '#app/platform/ui/text/format.ts';
import { meanCreditSecondsFloor } from '#app/reporting/completion/figures.ts';
import type { Desk, DeskFigures } from '../desk-view.server.ts';

/** The official's desk: what waits, then how one's own units stand. */
export function DeskHome({ desk }: { desk: Desk }) {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[3fr_2fr]">
      <div className="space-y-6">
        <Waiting tasks={desk.tasks} waiting={desk.waiting} kinds={desk.kinds} />
        {desk.starts.length > 0 ? <Starts starts={desk.starts} /> : null}
      </div>
      {desk.figures ? <FiguresCard figures={desk.figures} /> : null}
    </div>
  );
}

/** What waits, most urgent first; where there is more than fits, by kind, so that nothing hides behind a long row of the same. */
function Waiting({ tasks, waiting, kinds }: Pick<Desk, 'tasks' | 'waiting' | 'kinds'>) {
  return (
    <section aria-labelledby="waiting-title" className="rounded-md border border-line bg-surface-raised">
      <h2
        id="waiting-title"
        className="flex items-baseline justify-between px-5 pt-4 text-base font-semibold"
      >
        待办
        {waiting > 0 ? (
          <TextLink to="/tasks" className="text-sm font-normal">
            {`全部 ${formatCount(waiting)} 项`}
          </TextLink>
        ) : null}
      </h2>
      {waiting > tasks.length ? (
        <ul aria-label="按类别" className="mt-2 flex flex-wrap gap-x-5 gap-y-1 px-5 text-sm">
          {kinds.map(({ kind, label, count }) => (
            <li key={kind}>
              <TextLink to={`/tasks?f.kind=${kind}`}>{`${label} ${formatCount(count)} 项`}</TextLink>
            </li>
          ))}
        </ul>
      ) : null}
      {tasks.length === 0 ? (
        <EmptyState title="没有待办事项" text="需要您办理的事项会列在这里。" />
      ) : (
        <ul className="mt-2 divide-y divide-line">
          {tasks.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Starts({ starts }: { starts: Desk['starts'] }) {
  return (
    <section aria-label="常用办理">
      <h2 className="mb-3 text-base font-semibold">常用办理</h2>
      <ul className="flex flex-wrap gap-3">
        {starts.map((start) => (
          <li key={start.to}>
            <LinkButton to={start.to}>{start.label}</LinkButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TaskItem({ task }: { task: TaskLine }) {
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-3.5">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block font-medium">{task.title}</span>
        <span className="block text-sm text-ink-muted">
          {[task.placeName, task.proposal].filter(Boolean).join(' · ') || task.originLabel}
        </span>
      </span>
      {task.dueDay === null ? null : (
        <span className="text-sm">
          <DueText dueDay={task.dueDay} urgency={task.urgency} />
        </span>
      )}
      <LinkButton to={task.path} size="small" aria-label={`${task.act}：${task.title}`}>
        {task.act}
      </LinkButton>
    </li>
  );
}

function FiguresCard({ figures }: { figures: DeskFigures }) {
  const { total, behind } = figures;
  const mean = meanCreditSecondsFloor(total);
  return (
    <Card
      title={`${figures.title}学时达标`}
      action={<TextLink to="/supervise/completion">查看明细</TextLink>}
    >
      <p className="flex items-baseline gap-2 tabular-nums">
        <span className="text-3xl font-semibold">{formatPercent(total.met, total.due)}</span>
        <span className="text-sm text-ink-muted">
          {formatCount(total.met)}/{formatCount(total.due)} 人
        </span>
      </p>
      <div className="mt-3">
        <ProgressBar
          value={total.met}
          max={total.due}
          label="达标"
          detail={
            mean === null
              ? '没有应训人员'
              : `人均 ${formatHours(mean)}，序时应达 ${formatHours(figures.paceSeconds)}`
          }
        />
      </div>
      <p className="mt-3 text-sm text-ink-muted">截至{formatDay(figures.day)}</p>
      {behind.length > 0 ? (
        <>
          <h3 className="mt-5 text-sm font-semibold">
            {figures.line.kind === 'everybody' ? '未全员达标' : '低于平均'}
          </h3>
          <ul className="mt-1 divide-y divide-line text-sm">
            {behind.map((row) => (
              <li key={row.key} className="flex justify-between gap-4 py-2">
                {row.to ? <TextLink to={row.to}>{row.label}</TextLink> : row.label}
                <span aria-label={formatShare(row.counts.met, row.counts.due)}>
                  <Share part={row.counts.met} whole={row.counts.due} />
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}
