import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import type { HistoryItem } from '../history.ts';

/** The way from exam to card, newest first: what was decided last stands on top. */
export function HistoryList({ items, label }: { items: readonly HistoryItem[]; label: string }) {
  const newestFirst = [...items].reverse();
  const standing = newestFirst.find((item) => !item.isPaper);
  return (
    <Timeline
      label={label}
      items={newestFirst.map((item) => ({
        key: item.key,
        at: item.at,
        title: item.title,
        actor: item.actor ?? undefined,
        isCurrent: item === standing,
        body: item.notes.length > 0 ? <Notes notes={item.notes} /> : undefined,
      }))}
    />
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <ul>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
