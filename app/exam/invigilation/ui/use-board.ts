import { useEffect, useState } from 'react';
import type { Board } from '../board-view.server.ts';

/** The board is asked for again this long after the last answer; hidden pages wait until somebody looks. */
const ASK_EVERY_MS = 1_800;
/** A request that takes longer is given up and counted as unanswered. */
const GIVE_UP_MS = 8_000;

export interface LiveBoard {
  readonly board: Board;
  /** The last question was not answered: what is shown may be out of date. */
  readonly isStale: boolean;
}

/**
 * The board as the server last told it: plain requests in a row, each after the answer to the one before. Without
 * scripts the page is what the server rendered, and reloading renews it.
 * @param first what came with the page; newer than anything asked before
 */
export function useBoard(first: Board, url: string): LiveBoard {
  const [heard, setHeard] = useState<{ first: Board; board: Board; isStale: boolean }>({
    first,
    board: first,
    isStale: false,
  });
  useEffect(() => {
    let isOver = false;
    let timer: number | undefined;
    let asking: AbortController | null = null;
    const ask = async (): Promise<void> => {
      const aborter = new AbortController();
      asking = aborter;
      const giveUp = window.setTimeout(() => aborter.abort(), GIVE_UP_MS);
      const answer = await askBoard(url, aborter.signal);
      window.clearTimeout(giveUp);
      if (isOver) return;
      setHeard((known) => (answer ? { first, board: answer, isStale: false } : { ...known, isStale: true }));
      timer = window.setTimeout(next, ASK_EVERY_MS);
    };
    const next = (): void => {
      if (!document.hidden) void ask();
    };
    const onVisible = (): void => {
      window.clearTimeout(timer);
      asking?.abort();
      next();
    };
    timer = window.setTimeout(next, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      asking?.abort();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [first, url]);
  return heard.first === first ? heard : { board: first, isStale: false };
}

/** Null when nothing usable came back: no network, a lost session, a server that restarts. */
async function askBoard(url: string, signal: AbortSignal): Promise<Board | null> {
  const answer = await fetch(url, { signal, headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok || !answer.headers.get('Content-Type')?.includes('application/json')) return null;
  // The same server rendered this very shape into the page.
  return answer.json().then(
    (body: Board) => body,
    () => null,
  );
}
