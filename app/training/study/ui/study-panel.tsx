import { useId } from 'react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { StudyView } from '../lesson-view.server.ts';
import { formatDuration } from '../study-words.ts';
import { UncountedTime } from './uncounted-time.tsx';
import { StudyStatusText } from './study-status.tsx';
import type { StudyBeats } from './use-study-beats.ts';

export interface StudyPanelProps {
  study: StudyView;
  beats: StudyBeats;
  nominalSeconds: number;
  /** stated hours of the whole course in hundredths; null = study time counts */
  statedHundredths: number | null;
}

/** Progress and state of the study clock: a bar at the top of a narrow screen, a column beside the text on a wide one. */
export function StudyPanel({ study, beats, nominalSeconds, statedHundredths }: StudyPanelProps) {
  const { status, verifiedSeconds } = beats.state;
  const isHydrated = useHydrated();
  const label = useId();
  const share = Math.min(verifiedSeconds / nominalSeconds, 1) * 100;
  return (
    <section
      aria-labelledby={label}
      className="-mx-4 border-b border-line bg-surface-raised px-4 py-3 lg:mx-0 lg:rounded-md lg:border lg:p-5"
    >
      <h2 id={label} className="sr-only lg:not-sr-only lg:mb-3 lg:text-base lg:font-semibold">
        学习计时
      </h2>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm">
        {isHydrated ? <StudyStatusText status={status} /> : <NoScript />}
        <span className="tabular-nums text-ink-muted">
          {`${formatDuration(verifiedSeconds)} / ${formatDuration(nominalSeconds)}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="本课已核验学习时间"
        aria-valuemin={0}
        aria-valuemax={nominalSeconds}
        aria-valuenow={Math.min(verifiedSeconds, nominalSeconds)}
        aria-valuetext={`${formatDuration(verifiedSeconds)}，共 ${formatDuration(nominalSeconds)}`}
        className="mt-2 h-1.5 overflow-hidden rounded-sm bg-chart-track"
      >
        <div className="h-full bg-accent" style={{ width: `${share.toFixed(2)}%` }} />
      </div>
      {status === 'replaced' ? (
        <Button size="small" className="mt-3" onClick={beats.takeOver}>
          在本页继续学习
        </Button>
      ) : null}
      {status === 'signed_out' ? (
        <p className="mt-3 text-sm">
          <TextLink to="/login" reloadDocument>
            重新登录
          </TextLink>
          ，已核验的时间不受影响。
        </p>
      ) : null}
      <div className="mt-4 hidden lg:block">
        <StudyTerms {...{ study, beats, nominalSeconds, statedHundredths }} />
      </div>
    </section>
  );
}

function NoScript() {
  return <span className="text-ink-muted">学习计时需要启用浏览器脚本</span>;
}

/** What the lesson asks for, what it has brought so far, and what did not count. */
export function StudyTerms({ study, beats, nominalSeconds, statedHundredths }: StudyPanelProps) {
  const { verifiedSeconds, isComplete } = beats.state;
  const left = Math.max(study.dwellSeconds - verifiedSeconds, 0);
  return (
    <dl className="space-y-3 text-sm">
      <Row term={`学习满 ${study.dwellPercent}%（${formatDuration(study.dwellSeconds)}）`}>
        {left === 0 ? '已达到' : `还差 ${formatDuration(left)}`}
      </Row>
      <Row term={`自测答对 ${study.checkPassPercent}%`}>{study.isCheckPassed ? '已通过' : '尚未通过'}</Row>
      <Row term={study.isRepeat ? '本年度再学' : '本课'}>
        {isComplete || study.isComplete ? '已学完' : '未学完'}
      </Row>
      <Row term="已计入学时">
        {statedHundredths === null
          ? formatHours(study.creditSeconds)
          : `学完全部课程后计 ${formatHours(statedHundredths * 27)}`}
      </Row>
      <UncountedList study={study} nominalSeconds={nominalSeconds} />
    </dl>
  );
}

function Row({ term, children }: { term: string; children: string }) {
  return (
    <div className="flex justify-between gap-4 border-b border-line pb-2">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="shrink-0 tabular-nums">{children}</dd>
    </div>
  );
}

function UncountedList({ study, nominalSeconds }: { study: StudyView; nominalSeconds: number }) {
  return (
    <div>
      <dt className="sr-only">未计入的时间</dt>
      <dd>
        <details>
          <summary className="text-accent underline decoration-accent/40 underline-offset-4">
            未计入的时间
          </summary>
          <div className="mt-2 space-y-2 text-ink-muted">
            <UncountedTime uncounted={study.uncounted} />
            <p>
              {`计时以服务器时间为准，每 ${study.heartbeatSeconds} 秒核验一次。页面在前台且有操作时才计入，本课每年最多计 ${formatDuration(nominalSeconds)}；同一时间只计一个页面。`}
            </p>
            <TextLink to="/hours/uncounted">全年未计入的时间</TextLink>
          </div>
        </details>
      </dd>
    </div>
  );
}
