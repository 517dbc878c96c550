import { Form } from '@remix-run/react';
import { useMemo, useState } from 'react';
import { formatTime } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { remainingText } from '../../sitting/client/timing.ts';
import type { ReplayMoment, ReplayPhase, ReplayStory } from '../replay.ts';
import { placeAnswers, replayAt } from '../replay.ts';
import type { TimelineEntry } from '../timeline.ts';
import { ReplayPaper } from './replay-paper.tsx';

interface ReplayDeskProps {
  readonly story: ReplayStory;
  readonly entries: readonly TimelineEntry[];
  readonly visitId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Moment named in the URL. */
  readonly atMs: number;
}

const PHASES: Readonly<Record<ReplayPhase, string>> = {
  before: '尚未开始',
  running: '作答中',
  paused: '暂停中',
  over: '已结束',
};

const clock = (ms: number): string => formatTime(new Date(ms));

/** The moment chosen by slider, second or entry; without scripts each is a link or a form, with them it is at once. */
export function ReplayDesk({ story, entries, visitId, startMs, endMs, atMs: first }: ReplayDeskProps) {
  const [atMs, setAtMs] = useState(first);
  const placed = useMemo(() => placeAnswers(story.answers), [story]);
  const moment = useMemo(() => replayAt(story, placed, atMs), [story, placed, atMs]);
  const jumps = jumpsFrom(entries, atMs, { startMs, endMs });
  return (
    <>
      <Card title={`${clock(atMs)} 的情况`}>
        <Form method="get" className="no-print mb-4" aria-label="选择时刻">
          <input type="hidden" name="visit" value={visitId} />
          <label htmlFor="moment" className="sr-only">
            时刻
          </label>
          <input
            id="moment"
            type="range"
            name="second"
            min={0}
            max={Math.ceil((endMs - startMs) / 1000)}
            value={Math.floor((atMs - startMs) / 1000)}
            onChange={(event) => setAtMs(startMs + Number(event.target.value) * 1000)}
            aria-valuetext={clock(atMs)}
            className="w-full"
          />
          <p className="flex justify-between text-sm tabular-nums text-ink-muted">
            <span>{clock(startMs)}</span>
            <span>{clock(endMs)}</span>
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            {jumps.map((jump) => (
              <a
                key={jump.label}
                href={`?visit=${visitId}&at=${encodeURIComponent(new Date(jump.toMs).toISOString())}`}
                onClick={(event) => {
                  event.preventDefault();
                  setAtMs(jump.toMs);
                }}
                className={buttonClass('secondary', 'small')}
              >
                {jump.label}
              </a>
            ))}
            <noscript>
              <button type="submit" className={buttonClass('primary', 'small')}>
                查看滑块所在时刻
              </button>
            </noscript>
          </div>
        </Form>
        <div className="tabular-nums" aria-live="polite">
          <DefinitionList columns={2} items={factsOf(moment, story.items.length)} />
        </div>
      </Card>
      <Card title="考生屏幕上的试卷">
        <ReplayPaper items={story.items} moment={moment} />
      </Card>
    </>
  );
}

const placesText = (positions: readonly number[]): string =>
  positions.length === 0 ? '无' : `第 ${positions.join('、')} 题`;

const answeredCount = (received: ReplayMoment['received']): number =>
  [...received.values()].filter(({ choice }) => choice !== '').length;

function factsOf(moment: ReplayMoment, itemCount: number) {
  return [
    { term: '状态', value: PHASES[moment.phase] },
    { term: '剩余时间', value: moment.remainingMs === null ? '–' : remainingText(moment.remainingMs) },
    { term: '屏幕上已答', value: `${moment.shown.size}/${itemCount} 题` },
    { term: '服务器已收到', value: `${answeredCount(moment.received)}/${itemCount} 题` },
    { term: '尚未收到或不同', value: placesText(moment.unreceived) },
    { term: '计入成绩的作答', value: `${moment.counted.size}/${itemCount} 题` },
    { term: '已收到、尚未计入', value: placesText(moment.uncounted) },
    { term: '设备', value: `第 ${moment.epoch} 台` },
  ];
}

function jumpsFrom(
  entries: readonly TimelineEntry[],
  atMs: number,
  { startMs, endMs }: { startMs: number; endMs: number },
): { label: string; toMs: number }[] {
  const within = (ms: number): number => Math.min(endMs, Math.max(startMs, ms));
  const before = entries.filter((entry) => entry.atMs < atMs).pop();
  const after = entries.find((entry) => entry.atMs > atMs);
  return [
    { label: '上一事项', toMs: within(before?.atMs ?? startMs) },
    { label: '退 10 秒', toMs: within(atMs - 10_000) },
    { label: '退 1 秒', toMs: within(atMs - 1_000) },
    { label: '进 1 秒', toMs: within(atMs + 1_000) },
    { label: '进 10 秒', toMs: within(atMs + 10_000) },
    { label: '下一事项', toMs: within(after?.atMs ?? endMs) },
  ];
}
