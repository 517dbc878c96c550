import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import type { CampaignEventKind } from '../campaign.ts';
import { CAMPAIGN_EVENT_LABELS } from '../campaign.ts';
import type { ExceptionLine } from '../kinds/kind.ts';
import { ExceptionList } from './exception-list.tsx';

interface EventRow {
  readonly id: string;
  readonly kind: CampaignEventKind;
  readonly note: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly byName: string | null;
  readonly at: Date;
}

/** What an event says beyond its name, from the values it was written with. */
function detailText({ kind, detail }: EventRow): string | null {
  const text = (name: string): string => String(detail[name] ?? '');
  switch (kind) {
    case 'issued':
      return `${text('units')} 个单位，截止${formatDay(text('dueDay'))}`;
    case 'reminded':
      return `${text('units')} 个单位`;
    case 'extended':
      return `${text('units')} 个单位，延期至${formatDay(text('dueDay'))}`;
    case 'submitted':
      return `第 ${text('answerNo')} 版，${text('exceptionCount')} 处变化${detail.isLate === true ? '，逾期' : ''}`;
    case 'closed':
      return `${text('unanswered')} 个单位未报`;
    case 'approved':
      return `${text('approvingOrgan')}，${text('documentNo')}，自${formatDay(text('effectiveDay'))}起`;
    case 'announced':
      return formatDay(text('announcedDay'));
    case 'accepted':
    case 'returned':
    case 'reopened':
    case 'paper_drawn':
      return null;
  }
}

/** Everything that happened, the last first, with who and when. */
export function CampaignHistory({ events, label }: { events: readonly EventRow[]; label: string }) {
  return (
    <Timeline
      label={label}
      items={events.map((event, index) => ({
        key: event.id,
        at: formatInstant(event.at),
        actor: event.byName ?? '系统',
        title: CAMPAIGN_EVENT_LABELS[event.kind],
        isCurrent: index === 0,
        body:
          [detailText(event), event.note].filter((part) => part !== null && part !== '').join('。') || null,
      }))}
    />
  );
}

interface Version {
  readonly no: number;
  readonly isLate: boolean;
  readonly byName: string | null;
  readonly at: Date;
  readonly exceptions: readonly ExceptionLine[];
}

/** Earlier versions of an answer; each opens without JavaScript. */
export function EarlierAnswers({ answers, sameLabel }: { answers: readonly Version[]; sameLabel: string }) {
  if (answers.length === 0) return null;
  return (
    <section aria-labelledby="earlier-answers" className="space-y-2">
      <h2 id="earlier-answers" className="text-lg font-semibold">
        此前填报
      </h2>
      {answers.map((answer) => (
        <details key={answer.no} className="rounded border border-line bg-surface-raised px-4 py-2">
          <summary className="cursor-pointer tabular-nums">
            第 {answer.no} 版，{formatInstant(answer.at)}，{answer.byName ?? '系统'}
          </summary>
          <div className="py-3">
            <ExceptionList exceptions={answer.exceptions} sameLabel={sameLabel} />
          </div>
        </details>
      ))}
    </section>
  );
}
