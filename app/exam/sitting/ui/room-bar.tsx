import { cx } from '#app/platform/ui/cx.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { ExamRoomState } from './use-exam-room.ts';

export interface RoomBarProps {
  state: ExamRoomState;
  /** position of the last question */
  last: number;
  isFlagged: boolean;
  onFlag: () => void;
}

/** Where to go next, always in the same place. Without JavaScript its two buttons save and hand in the form. */
export function RoomBar({ state, last, isFlagged, onFlag }: RoomBarProps) {
  const { current, mayWrite } = state;
  const isAlive = useHydrated();
  const look = cx(buttonClass('secondary'), 'needs-scripts');
  return (
    <div
      className={cx(
        'sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-surface-raised px-4 py-3 lg:-mx-8 lg:px-8',
        // In large type on a phone it would cover the options: there it follows the question.
        '[.elder_&]:static sm:[.elder_&]:sticky',
      )}
    >
      <button
        type="button"
        className={look}
        disabled={!isAlive || current <= 1}
        onClick={() => state.go(current - 1)}
      >
        上一题
      </button>
      <button
        type="button"
        className={look}
        disabled={!isAlive || current >= last}
        onClick={() => state.go(current + 1)}
      >
        下一题
      </button>
      <button
        type="button"
        className={cx(buttonClass('quiet'), 'needs-scripts')}
        disabled={!isAlive}
        aria-pressed={isFlagged}
        onClick={onFlag}
      >
        {isFlagged ? '取消标记' : '标记本题'}
      </button>
      <ViewButton state={state} isAlive={isAlive} />
      <span className="flex-1" />
      <SaveNow state={state} isAlive={isAlive} />
      <button
        type="submit"
        name="intent"
        value="review"
        disabled={!mayWrite}
        className={buttonClass('primary')}
        onClick={(event) => {
          event.preventDefault();
          state.askHandIn();
        }}
      >
        交卷
      </button>
    </div>
  );
}

/**
 * Question by question needs JavaScript. Who has got there without it is led to the whole paper, and what was ticked is
 * saved on the way.
 */
function ViewButton({ state, isAlive }: { state: ExamRoomState; isAlive: boolean }) {
  const other = state.view === 'one' ? 'paper' : 'one';
  return (
    <button
      type="submit"
      name="intent"
      value="whole_paper"
      disabled={!isAlive && other === 'one'}
      className={cx(buttonClass('quiet'), other === 'one' && 'needs-scripts')}
      onClick={(event) => {
        event.preventDefault();
        state.changeView(other);
      }}
    >
      {other === 'paper' ? '整卷显示' : '逐题显示'}
    </button>
  );
}

/** Saving is automatic; this button is for who has no JavaScript, and for who does not want to wait for the next try. */
function SaveNow({ state, isAlive }: { state: ExamRoomState; isAlive: boolean }) {
  return (
    <button
      type="submit"
      name="intent"
      value="save"
      className={buttonClass('quiet')}
      disabled={isAlive && (state.snapshot.pendingCount === 0 || !state.mayWrite)}
      onClick={(event) => {
        event.preventDefault();
        state.sendNow();
      }}
    >
      立即保存
    </button>
  );
}
