import { useEffect } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { formatTime } from '#app/platform/time/day.ts';
import type { RoomMessage } from '../wire.ts';
import type { Notice } from './use-notices.ts';

const SHOWN = 3;

export interface RoomNewsProps {
  unread: readonly Notice[];
  onPutAway: (id: string) => void;
}

/** Hangs below the head and over the paper, so that nothing moves; read out at once, put away by its button or Esc. */
export function RoomNews({ unread, onPutAway }: RoomNewsProps) {
  const [first] = unread;
  useEffect(() => {
    if (!first) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing) onPutAway(first.id);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [first, onPutAway]);
  return (
    <div
      role="alert"
      className="absolute inset-x-0 top-full mx-auto grid max-w-page gap-2 px-4 pt-2 empty:hidden lg:px-8"
    >
      {unread.slice(0, SHOWN).map((notice) => (
        <div
          key={notice.id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded border-2 border-accent bg-accent-soft px-4 py-3 shadow-overlay"
        >
          <p className="min-w-0">
            <strong className="mr-2 tabular-nums text-accent">{notice.title}</strong>
            {notice.text}
          </p>
          <button type="button" className={buttonClass()} onClick={() => onPutAway(notice.id)}>
            知道了
            <span className="hidden text-sm lg:inline touch:hidden">（Esc）</span>
          </button>
        </div>
      ))}
    </div>
  );
}

/** All messages of the exam, to be read again; in the page from the server on, so that they need no JavaScript. */
export function MessageList({ messages }: { messages: readonly RoomMessage[] }) {
  if (messages.length === 0) return null;
  return (
    <section className="mt-6" aria-labelledby="messages-title">
      <h2 id="messages-title" className="mb-2 text-sm font-semibold">
        监考通知
      </h2>
      <ol className="grid gap-2 text-sm">
        {messages.map(({ id, text, atMs }) => (
          <li key={id} className="border-l-2 border-line-strong pl-3">
            <span className="mr-2 tabular-nums text-ink-muted">{formatTime(new Date(atMs))}</span>
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
