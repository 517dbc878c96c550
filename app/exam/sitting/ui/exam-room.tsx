import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import type { RoomView } from '../attempt-view.server.ts';
import { toggled } from '../choice.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import { HandInPanel } from './hand-in-panel.tsx';
import type { PaperView } from './paper-view.ts';
import { rememberView } from './paper-view.ts';
import { partRule, partTitle, partsOf, questionId } from './paper-parts.ts';
import { QuestionBlock } from './question-block.tsx';
import { QuestionMap } from './question-map.tsx';
import { RoomHead } from './room-head.tsx';
import { RoomNotices } from './room-notices.tsx';
import { useAttemptClient } from './use-attempt-client.ts';
import { useFlags } from './use-flags.ts';
import { useRemaining } from './use-remaining.ts';
import { useRoomKeys } from './use-room-keys.ts';

const FORM_ID = 'paper';

export interface ExamRoomProps {
  room: RoomView;
  view: PaperView;
  /** the candidate has asked to hand in, without JavaScript */
  isHandingIn: boolean;
  refusal: string | null;
}

/** The exam room. A plain form that saves and hands in; with JavaScript answers are saved as they are given. */
export function ExamRoom(props: ExamRoomProps) {
  const { room, refusal } = props;
  const attempt = useAttemptClient(room, FORM_ID);
  const { client, snapshot } = attempt;
  const remainingMs = useRemaining(attempt, room.start.serverNowMs);
  const parts = useMemo(() => partsOf(room.items), [room]);
  const { flags, toggle } = useFlags(room.attemptId);
  const [view, setView] = useState(props.view);
  const [current, setCurrent] = useState(1);
  const [isHandingIn, setIsHandingIn] = useState(props.isHandingIn);
  const isOver = remainingMs <= 0;
  const mayWrite = snapshot.phase === 'open' && !isOver;
  useLeaveWhenClosed(attempt, room.attemptId);

  const choose = useCallback(
    (item: CandidateItem, letter: string): void => {
      if (!client) return;
      const before = client.snapshot().answers.get(item.position) ?? '';
      client.answer(item.position, toggled(before, letter, item.type === 'multiple'));
      setCurrent(item.position);
    },
    [client],
  );
  const go = useCallback(
    (position: number): void => {
      if (position < 1 || position > room.items.length) return;
      setCurrent(position);
      void client?.flush();
      // After the question is shown: a hidden one cannot take the focus.
      requestAnimationFrame(() => focusQuestion(position));
    },
    [client, room],
  );
  const keys = useMemo(
    () => ({
      current: room.items[current - 1],
      isActive: mayWrite && !isHandingIn,
      onChoose: choose,
      onStep: (by: -1 | 1) => go(current + by),
    }),
    [room, current, mayWrite, isHandingIn, choose, go],
  );
  useRoomKeys(keys);

  const unanswered = room.items
    .map((item) => item.position)
    .filter((position) => !snapshot.answers.has(position));
  const changeView = (next: PaperView): void => {
    setView(next);
    rememberView(next);
    requestAnimationFrame(() => focusQuestion(current));
  };
  const leavePanelFor = (position: number): void => {
    setIsHandingIn(false);
    go(position);
  };

  return (
    <CandidateFrame
      title={room.title}
      name={room.personName}
      head={<RoomHead snapshot={snapshot} itemCount={room.items.length} remainingMs={remainingMs} />}
      aside={
        <QuestionMap {...{ parts, flags, current }} answers={snapshot.answers} onGo={leavePanelFor} />
      }
    >
      <RoomNotices
        {...{ snapshot, isOver, refusal }}
        onSendNow={() => {
          void client?.flush();
        }}
      />
      {isHandingIn ? (
        <HandInPanel
          {...{ unanswered, client }}
          itemCount={room.items.length}
          backTo={`/attempts/${room.attemptId}`}
          onBack={() => leavePanelFor(current)}
          onGo={leavePanelFor}
        />
      ) : null}
      <form id={FORM_ID} method="post" autoComplete="off" onSubmit={(event) => event.preventDefault()}>
        <input type="hidden" name="epoch" value={room.start.epoch} />
        <input type="hidden" name="seq" value={room.issuedSeq} />
        {parts.map((part, index) => (
          <PaperPartBlock
            key={part.type}
            title={partTitle(part, index)}
            rule={partRule(part)}
            isHidden={view === 'one' && part.items.every((item) => item.position !== current)}
            isAlone={view === 'one'}
          >
            {part.items.map((item) => (
              <QuestionBlock
                key={item.position}
                item={item}
                choice={snapshot.answers.get(item.position) ?? ''}
                isFlagged={flags.has(item.position)}
                isHidden={view === 'one' && item.position !== current}
                isDisabled={!mayWrite}
                onChoose={choose}
                onReach={setCurrent}
              />
            ))}
          </PaperPartBlock>
        ))}
        <RoomBar
          {...{ view, current, mayWrite }}
          last={room.items.length}
          isFlagged={flags.has(current)}
          onFlag={() => toggle(current)}
          onGo={go}
          onView={changeView}
          onHandIn={() => {
            void client?.flush();
            setIsHandingIn(true);
            window.scrollTo({ top: 0 });
          }}
        />
      </form>
    </CandidateFrame>
  );
}

function focusQuestion(position: number): void {
  const question = document.getElementById(questionId(position));
  question?.scrollIntoView({ block: 'nearest' });
  question?.focus({ preventScroll: true });
}

/** Once the server says it is over and has everything this device has, the device is wiped and the result shown. */
function useLeaveWhenClosed({ client, snapshot }: ReturnType<typeof useAttemptClient>, attemptId: string): void {
  const isDone = snapshot.phase === 'closed' && snapshot.pendingCount === 0;
  useEffect(() => {
    if (!client || !isDone) return;
    void client.wipe().then(() => location.assign(`/attempts/${attemptId}/result`));
  }, [client, isDone, attemptId]);
}

interface PaperPartBlockProps {
  title: string;
  rule: string;
  isHidden: boolean;
  /** one question at a time: the buttons below keep their place from question to question */
  isAlone: boolean;
  children: ReactNode;
}

function PaperPartBlock({ title, rule, isHidden, isAlone, children }: PaperPartBlockProps) {
  return (
    <section hidden={isHidden} className={cx('mb-10', isAlone && 'lg:min-h-[27rem]')}>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mb-6 mt-1 text-sm text-ink-muted">{rule}</p>
      <div className="grid gap-10">{children}</div>
    </section>
  );
}

interface RoomBarProps {
  view: PaperView;
  current: number;
  last: number;
  mayWrite: boolean;
  isFlagged: boolean;
  onFlag: () => void;
  onGo: (position: number) => void;
  onView: (view: PaperView) => void;
  onHandIn: () => void;
}

/** Where to go next. Without JavaScript its buttons save and hand in. */
function RoomBar(props: RoomBarProps) {
  const { view, current, last, mayWrite } = props;
  const other: PaperView = view === 'one' ? 'paper' : 'one';
  return (
    <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-surface-raised px-4 py-3 lg:-mx-8 lg:px-8">
      <button
        type="button"
        className={buttonClass('secondary')}
        disabled={current <= 1}
        onClick={() => props.onGo(current - 1)}
      >
        上一题
      </button>
      <button
        type="button"
        className={buttonClass('secondary')}
        disabled={current >= last}
        onClick={() => props.onGo(current + 1)}
      >
        下一题
      </button>
      <button
        type="button"
        className={buttonClass('quiet')}
        aria-pressed={props.isFlagged}
        onClick={props.onFlag}
      >
        {props.isFlagged ? '取消标记' : '标记本题'}
      </button>
      <a
        href={`?view=${other}`}
        className={buttonClass('quiet')}
        onClick={(event) => {
          event.preventDefault();
          props.onView(other);
        }}
      >
        {other === 'paper' ? '整卷显示' : '逐题显示'}
      </a>
      <span className="flex-1" />
      <noscript>
        <button type="submit" name="intent" value="save" className={buttonClass('secondary')}>
          保存作答
        </button>
      </noscript>
      <button
        type="submit"
        name="intent"
        value="review"
        disabled={!mayWrite}
        className={buttonClass('primary')}
        onClick={(event) => {
          event.preventDefault();
          props.onHandIn();
        }}
      >
        交卷
      </button>
    </div>
  );
}
