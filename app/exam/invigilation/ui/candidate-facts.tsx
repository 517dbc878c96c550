import { dayOf, formatDay, formatTime } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { remainingText } from '../../sitting/client/timing.ts';
import type { PhotoStand } from '../candidate-photo.server.ts';
import type { Tile, TileMoment } from '../tile.ts';
import { CONDITION_LABELS, conditionOf, seatText, timeLeftMs } from '../tile.ts';
import { CandidatePhoto } from './candidate-photo.tsx';
import { CONDITION_LOOK, agoText, signTexts } from './board-words.ts';

/** The time of the day; with its date where that is another day than the one the page is read on. */
function clockText(ms: number | null, nowMs: number): string {
  if (ms === null) return '–';
  const at = new Date(ms);
  const isToday = dayOf(at) === dayOf(new Date(nowMs));
  return isToday ? formatTime(at) : `${formatDay(dayOf(at))} ${formatTime(at)}`;
}

/** A device is listened to while its candidate answers; what is over keeps no distance from now. */
function heardText({ state, heardAtMs }: Tile, nowMs: number): string {
  if (heardAtMs === null) return '–';
  return state === 'in_progress' ? agoText(nowMs - heardAtMs) : '已结束';
}

/** How one candidate stands at this moment, and whom to find at the seat. */
export function CandidateFacts({
  tile,
  moment,
  photo,
  photoSrc,
}: {
  tile: Tile;
  moment: TileMoment;
  photo: PhotoStand;
  photoSrc: string;
}) {
  const condition = conditionOf(tile, moment);
  const look = CONDITION_LOOK[condition];
  const { nowMs } = moment;
  const left = timeLeftMs(tile, nowMs);
  const items = [
    {
      term: '状态',
      value: (
        <StateBadge shape={look.shape} tone={look.tone}>
          {CONDITION_LABELS[condition]}
        </StateBadge>
      ),
    },
    { term: '座位', value: seatText(tile) || '不分考场' },
    { term: '入场', value: clockText(tile.admittedAtMs, nowMs) },
    { term: '已答', value: tile.state === 'none' ? '–' : `${tile.answered}/${tile.itemCount} 题` },
    { term: '剩余时间', value: left === null ? '–' : remainingText(left) },
    { term: '作答截止', value: clockText(tile.deadlineAtMs, nowMs) },
    { term: '暂停', value: tile.pausedAtMs === null ? '–' : `${clockText(tile.pausedAtMs, nowMs)} 起` },
    { term: '最近联系', value: heardText(tile, nowMs) },
    { term: '异常', value: signTexts(tile).join(' · ') || '无' },
  ];
  return (
    <Card title="现在的情况">
      <div className="flex flex-wrap items-start gap-6">
        <CandidatePhoto stand={photo} src={photoSrc} name={tile.name} />
        <div className="min-w-60 flex-1 tabular-nums">
          <DefinitionList items={items} columns={2} />
        </div>
      </div>
    </Card>
  );
}
