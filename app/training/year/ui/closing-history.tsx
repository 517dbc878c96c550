import { formatInstant } from '#app/platform/time/day.ts';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import type { ClosingEventKind } from '../closing.ts';
import { EVENT_WORDS } from '../closing.ts';

export interface HistoryEvent {
  readonly id: string;
  readonly kind: ClosingEventKind;
  readonly note: string | null;
  readonly byName: string | null;
  readonly at: Date;
}

/** What happened with the closing, the last first. */
export function ClosingHistory({ events }: { events: readonly HistoryEvent[] }) {
  return (
    <section aria-labelledby="closing-history" className="space-y-3">
      <h2 id="closing-history" className="text-lg font-semibold">
        办理记录
      </h2>
      <Timeline
        label="办理记录"
        items={events.map((event, index) => ({
          key: event.id,
          at: formatInstant(event.at),
          actor: event.byName ?? '系统',
          title: EVENT_WORDS[event.kind],
          body: event.note,
          isCurrent: index === 0,
        }))}
      />
    </section>
  );
}
