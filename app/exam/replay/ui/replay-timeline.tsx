import { formatInstant, formatTime } from '#app/platform/time/day.ts';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { eventLabel, eventText } from '../../invigilation/event-words.ts';
import type { Standing } from '../../sitting/fold.ts';
import type { PlacedAnswer } from '../replay.ts';
import type { TimelineEntry } from '../timeline.ts';
import { LATE_ARRIVAL_MS } from '../timeline.ts';

const STANDINGS: Readonly<Record<Standing, string>> = {
  counted: '计分',
  late: '逾时收到，尚未计入',
  foreign: '另一台设备，不计分',
  after_hand_in: '交卷后，不计分',
};

/** A late answer says when a review counted it. */
const standingText = ({ standing, countsFromMs }: PlacedAnswer): string =>
  standing === 'late' && countsFromMs !== null
    ? `逾时收到，${formatInstant(new Date(countsFromMs))} 由复核计入`
    : STANDINGS[standing];

function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

function wordsOf(entry: TimelineEntry): { title: string; text: string; who: string } {
  switch (entry.kind) {
    case 'event':
      return {
        title: eventLabel(entry.event.kind),
        text: eventText(entry.event.kind, entry.event.detail),
        who: entry.event.actorName ?? '考生',
      };
    case 'answer': {
      const { position, choice, shownAtMs, receivedAtMs, epoch } = entry.answer;
      const lag = receivedAtMs - shownAtMs;
      const given =
        lag >= LATE_ARRIVAL_MS ? `；作答于 ${formatTime(new Date(shownAtMs))}，${lengthText(lag)}后到达` : '';
      const device = epoch > 1 ? `；第 ${epoch} 台设备` : '';
      return {
        title: choice === '' ? `第 ${position} 题 撤回作答` : `第 ${position} 题 答 ${choice}`,
        text: `${standingText(entry.answer)}${given}${device}`,
        who: '考生',
      };
    }
    case 'message':
      return { title: '收到通知', text: entry.text, who: '监考人员' };
    case 'quiet':
      return { title: '没有作答', text: `持续 ${lengthText(entry.lastedMs)}`, who: '' };
  }
}

/** Everything in order, answers included: what an appeal is read from. */
export function ReplayTimeline({ entries, visitId }: { entries: readonly TimelineEntry[]; visitId: string }) {
  return (
    <SimpleTable
      caption="作答过程"
      hideCaption
      head={['时间', '事项', '说明', '由谁']}
      rows={entries.map((entry) => {
        const { title, text, who } = wordsOf(entry);
        const at = encodeURIComponent(new Date(entry.atMs).toISOString());
        return {
          key: `${entry.kind}-${entry.key}`,
          cells: [
            <a
              key="at"
              href={`?visit=${visitId}&at=${at}`}
              className="whitespace-nowrap tabular-nums hover:underline"
            >
              {formatTime(new Date(entry.atMs))}
            </a>,
            title,
            text,
            who,
          ],
        };
      })}
    />
  );
}
