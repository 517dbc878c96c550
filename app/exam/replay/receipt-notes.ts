import { formatInstant } from '#app/platform/time/day.ts';
import type { PlacedAnswer, ReplayMoment } from './replay.ts';

function arrivalNote(shown: string, received: PlacedAnswer | undefined): string | null {
  if ((received?.choice ?? '') === shown) return null;
  if (received === undefined) return '此刻服务器尚未收到本题作答。';
  return received.choice === ''
    ? '此刻服务器收到的是撤回本题作答。'
    : `此刻服务器收到的作答是 ${received.choice}。`;
}

function countingNote({ atMs, counted }: ReplayMoment, received: PlacedAnswer | undefined): string | null {
  if (received === undefined || received.standing === 'counted') return null;
  if (received.countsFromMs !== null && received.countsFromMs <= atMs)
    return `逾时收到，${formatInstant(new Date(received.countsFromMs))} 已由复核计入。`;
  const standing = received.standing === 'late' ? '逾时收到、尚未计入' : '交卷后收到，不计入';
  const counts = counted.get(received.position);
  return counts === undefined ? `${standing}。` : `${standing}；计入成绩的作答是 ${counts}。`;
}

/**
 * What has to be said of one question at one moment beside its ticks: that its answer had not arrived, or had arrived
 * and did not (yet) count. Received and counted are two things: a late answer is evidence until a review counts it.
 */
export function receiptNotes(moment: ReplayMoment, position: number): string[] {
  const received = moment.received.get(position);
  const notes = [arrivalNote(moment.shown.get(position) ?? '', received), countingNote(moment, received)];
  return notes.filter((note) => note !== null);
}
