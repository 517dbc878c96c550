import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { formatTime } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import type { WaitingView } from '../../sitting/attempt-view.server.ts';
import { remainingText } from '../../sitting/client/timing.ts';
import { ExamRoom } from '../../sitting/ui/exam-room.tsx';
import type { PaperView } from '../../sitting/ui/paper-view.ts';
import { OpeningForm } from './opening-form.tsx';
import type { WaitingState } from './use-waiting.ts';
import { useWaiting } from './use-waiting.ts';

/** 候考: the paper lies encrypted in this page. At the bell it becomes the exam room itself, with or without network. */
export function WaitingRoom({ waiting, view }: { waiting: WaitingView; view: PaperView }) {
  const state = useWaiting(waiting);
  const { room } = state.snapshot;
  if (room) return <ExamRoom room={room} view={view} isHandingIn={false} refusal={null} />;
  return <Waiting waiting={waiting} state={state} />;
}

function Waiting({ waiting, state }: { waiting: WaitingView; state: WaitingState }) {
  const { client, snapshot, leftMs, kept } = state;
  const isAlive = useHydrated();
  const isRung = leftMs <= 0;
  const isAway = snapshot.failures > 0;
  const isHeld = snapshot.isHeld && !isAway;
  return (
    <CandidateFrame
      title={waiting.title}
      name={waiting.personName}
      head={<span className="text-sm">候考</span>}
    >
      <section className="mx-auto max-w-measure py-4 lg:py-8">
        <h2 className="text-2xl font-semibold">{isHeld ? '考试暂停中' : isRung ? '开考铃已响' : '候考'}</h2>
        <p role="timer" aria-live="off" className="mt-4 text-4xl font-semibold tabular-nums">
          {isHeld ? '等待恢复' : timerText(leftMs, isAway)}
        </p>
        <p className="mt-4">{isHeld ? HELD_TEXT : adviceText(waiting.bellAtMs, isRung && isAway)}</p>
        <Facts kept={kept} snapshot={snapshot} />
        <p role="status" className="sr-only">
          {isHeld ? '考试暂停中。' : isRung ? '开考铃已响，正在打开试卷。' : ''}
        </p>
        {isRung && isAway ? (
          <div role="alert" className="mt-6">
            <Callout tone="warning" title={snapshot.isSignedOut ? '登录已失效' : '网络不通'}>
              请听监考人员宣布开卷口令，在下面输入后即可作答；作答暂存在本机，网络恢复后自动补传。
            </Callout>
          </div>
        ) : null}
        {isAlive && client && waiting.envelope.lock && kept !== 'not_possible' ? (
          <OpeningForm client={client} lockNo={waiting.envelope.lock.no} isUrgent={isRung && isAway} />
        ) : null}
        <WithoutScripts leftMs={waiting.isHeld ? HELD_REFRESH_MS : waiting.bellAtMs - waiting.serverNowMs} />
      </section>
    </CandidateFrame>
  );
}

const HELD_TEXT =
  '考试已由监考人员暂停，试卷尚未打开，计时没有开始。恢复后试卷在本页自动打开，结束时间相应顺延。请留在座位上。';
/** Without JavaScript, how often the page looks whether the exam goes on. */
const HELD_REFRESH_MS = 20_000;

function timerText(leftMs: number, isAway: boolean): string {
  if (leftMs > 0) return `距开考 ${remainingText(leftMs)}`;
  return isAway ? '等待打开试卷' : '正在打开试卷…';
}

function adviceText(bellAtMs: number, isStuck: boolean): string {
  const bell = formatTime(new Date(bellAtMs));
  return isStuck
    ? `${bell} 开考铃已响。网络恢复后试卷自动打开；也可以不等网络，用开卷口令打开。请勿关闭本页。`
    : `${bell} 开考铃响，试卷在本页自动打开，不需要操作。开考前请勿关闭本页。`;
}

const KEPT_TEXTS: Readonly<Record<WaitingState['kept'], string>> = {
  keeping: '正在加密存入本机…',
  kept: '已加密存入本机，届时断网也能打开',
  failed: '在本页中（未能存入本机）：请勿刷新或关闭本页',
  not_possible: '本机不能提前存放试卷（需要 https 连接和较新的浏览器），开考铃响后联网打开',
};

function Facts({ kept, snapshot }: Pick<WaitingState, 'kept' | 'snapshot'>) {
  const isAlive = useHydrated();
  return (
    <dl className="mt-6 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 border-y border-line py-4">
      <dt className="text-ink-muted">试卷</dt>
      <dd data-kept={isAlive ? kept : ''}>{isAlive ? KEPT_TEXTS[kept] : '开考铃响后打开'}</dd>
      <dt className="text-ink-muted">网络</dt>
      <dd>{networkText(snapshot)}</dd>
    </dl>
  );
}

function networkText({ failures, isSignedOut, isTimeSure }: WaitingState['snapshot']): string {
  if (isSignedOut) return '登录已失效，请举手告知监考人员';
  if (failures > 0) return '不通，本页会继续重试；时间按本机推算，以考场宣布为准';
  return isTimeSure ? '正常，时间以服务器为准' : '正在连接…';
}

const AFTER_BELL_SECONDS = 1;

/** Without JavaScript the page asks again by itself at the bell, and by a link. */
function WithoutScripts({ leftMs }: { leftMs: number }) {
  const seconds = Math.ceil(Math.max(0, leftMs) / 1000) + AFTER_BELL_SECONDS;
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
      <p className="mt-6">
        <a href="" className={buttonClass('primary')}>
          进入考试
        </a>
      </p>
    </noscript>
  );
}
