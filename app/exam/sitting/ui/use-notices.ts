import { useCallback, useEffect, useRef, useState } from 'react';
import { formatTime } from '#app/platform/time/day.ts';
import type { RoomView } from '../attempt-view.server.ts';
import { readNote, writeNote } from '../client/device-notes.ts';
import { fetchMessages } from '../client/http-room.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import type { RoomMessage } from '../wire.ts';
import { clockText } from './room-times.ts';

const ASK_AGAIN_MS = 5_000;
/** A deadline is told as changed from this much on; less is a rounding. */
const LEAST_CHANGE_MS = 1_000;

/** Something the candidate has to take notice of; stays until it is put away. */
export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface Notices {
  /** All that invigilators have told so far, newest first. */
  readonly messages: readonly RoomMessage[];
  /** Not put away yet, newest first. */
  readonly unread: readonly Notice[];
  say(notice: Notice): void;
  /** Takes back what the page itself has said. */
  withdraw(id: string): void;
  putAway(id: string): void;
}

const asNotice = ({ id, text, atMs }: RoomMessage): Notice => ({
  id,
  text,
  title: `监考通知 ${formatTime(new Date(atMs))}`,
});

/** `5 分钟`, `30 秒`. */
function lengthText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 60 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分钟`;
}

/** What a moved deadline means to the candidate. @param wasPaused the exam has just gone on after a pause */
export function deadlineNotice(fromMs: number, toMs: number, wasPaused: boolean): Notice {
  const end = clockText(toMs);
  const length = lengthText(toMs - fromMs);
  const direction = toMs > fromMs ? '延后' : '提前';
  return {
    id: `deadline-${toMs}`,
    title: wasPaused ? '考试已恢复' : '考试结束时间已调整',
    text: `现在到 ${end} 结束，比原来${direction} ${length}。`,
  };
}

/** Messages as rendered, and asked for again when the counter that every acknowledgement carries has moved. */
function useMessages(room: RoomView, noticeNo: number): readonly RoomMessage[] {
  const [known, setKnown] = useState({ no: room.start.noticeNo, messages: room.messages });
  const [tries, setTries] = useState(0);
  const isBehind = noticeNo !== known.no;
  useEffect(() => {
    if (!isBehind) return;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void fetchMessages(room.attemptId).then((messages) => {
      if (isGone) return;
      if (messages) setKnown({ no: noticeNo, messages });
      else timer = setTimeout(() => setTries((count) => count + 1), ASK_AGAIN_MS);
    });
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isBehind, noticeNo, room.attemptId, tries]);
  return known.messages;
}

/** Tells when the invigilator has moved the end of the exam, in the same breath as its going on after a pause. */
function useDeadlineNews(snapshot: AttemptSnapshot, say: (notice: Notice) => void): void {
  const { deadlineAtMs, pausedAtMs } = snapshot;
  const before = useRef({ deadlineAtMs, pausedAtMs });
  useEffect(() => {
    const known = before.current;
    before.current = { deadlineAtMs, pausedAtMs };
    const wasPaused = known.pausedAtMs !== null && pausedAtMs === null;
    if (Math.abs(deadlineAtMs - known.deadlineAtMs) >= LEAST_CHANGE_MS)
      say(deadlineNotice(known.deadlineAtMs, deadlineAtMs, wasPaused));
  }, [deadlineAtMs, pausedAtMs, say]);
}

/** What the candidate has to take notice of: messages of invigilators, moved deadlines, and what the page itself says. */
export function useNotices(room: RoomView, snapshot: AttemptSnapshot): Notices {
  const { attemptId } = room;
  const messages = useMessages(room, snapshot.noticeNo);
  const [own, setOwn] = useState<readonly Notice[]>([]);
  /** Null until the device was asked: a message that was put away must not flash up after a reload. */
  const [read, setRead] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => setRead(new Set((readNote(attemptId, 'read') ?? '').split(','))), [attemptId]);
  const say = useCallback((notice: Notice): void => {
    setOwn((known) => [notice, ...known.filter((other) => other.id !== notice.id)]);
  }, []);
  const withdraw = useCallback((id: string): void => {
    setOwn((known) => known.filter((notice) => notice.id !== id));
  }, []);
  useDeadlineNews(snapshot, say);
  const putAway = useCallback(
    (id: string): void => {
      withdraw(id);
      setRead((known) => {
        const next = new Set(known).add(id);
        writeNote(attemptId, 'read', [...next].join(','));
        return next;
      });
    },
    [attemptId, withdraw],
  );
  const unread = read ? [...own, ...messages.filter(({ id }) => !read.has(id)).map(asNotice)] : [];
  return { messages, unread, say, withdraw, putAway };
}
