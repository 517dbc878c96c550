import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from './card.tsx';
import { Timeline } from './timeline.tsx';

export interface HistoryLine {
  readonly id: string;
  readonly occurredAt: Date;
  readonly title: string;
  readonly actorName: string | null;
  readonly note: string | null;
}

/** 办理记录: who did what and when with the thing on this page, the last step marked. @param lines oldest first */
export function HistoryCard({ lines }: { lines: readonly HistoryLine[] }) {
  return (
    <Card title="办理记录">
      <Timeline
        label="办理记录"
        items={lines.map((line, index) => ({
          key: line.id,
          at: formatInstant(line.occurredAt),
          title: line.title,
          actor: line.actorName ?? undefined,
          body: line.note ?? undefined,
          isCurrent: index === lines.length - 1,
        }))}
      />
    </Card>
  );
}
