import { useEffect, useRef, useState } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import type { AttemptClient } from '../client/attempt-client.ts';
import { EnterSaves } from './enter-saves.tsx';
import { questionId } from './paper-parts.ts';
import { clockText } from './room-times.ts';
import { PAPER_FORM } from './use-exam-room.ts';

const LISTED = 20;

/** `第 3、7、12 题`, cut after the first twenty. */
export function unansweredText(positions: readonly number[]): string {
  const listed = positions.slice(0, LISTED).join('、');
  return positions.length > LISTED ? `第 ${listed} 题等` : `第 ${listed} 题`;
}

export interface HandInPanelProps {
  unanswered: readonly number[];
  itemCount: number;
  client: AttemptClient | null;
  /** from when the sitting lets candidates hand in; null once it does */
  waitsUntilMs: number | null;
  onBack: () => void;
  onGo: (position: number) => void;
}

type Progress = 'asking' | 'saving' | 'unsaved';

/** The last question before handing in: what is unanswered, and that it cannot be undone. */
export function HandInPanel(props: HandInPanelProps) {
  const { unanswered, itemCount, client } = props;
  const headingRef = useRef<HTMLHeadingElement>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const isEarly = props.waitsUntilMs !== null;
  const [progress, setProgress] = useState<Progress>('asking');
  useEffect(() => headingRef.current?.focus(), []);

  const handIn = async (attempt: AttemptClient): Promise<void> => {
    setProgress('saving');
    // Everything is with the server, and nothing of the paper stays on a device that others may use.
    if (!(await attempt.finish())) {
      setProgress('unsaved');
      return;
    }
    // Another tab, the invigilator or the clock was first: the page is on its way to the result already.
    if (attempt.snapshot().phase === 'closed') return;
    // What other tabs say now must not lead away from the hand-in that is under way.
    attempt.close();
    formRef.current?.submit();
  };

  return (
    <section
      aria-labelledby="hand-in-title"
      className="mb-6 rounded-md border-2 border-accent bg-surface-raised px-5 py-4"
    >
      <h2 id="hand-in-title" ref={headingRef} tabIndex={-1} className="text-lg font-semibold">
        确认交卷
      </h2>
      <p className="mt-2">
        {`共 ${itemCount} 题，已作答 ${itemCount - unanswered.length} 题。`}
        {unanswered.length === 0 ? '全部题目均已作答。' : null}
      </p>
      {unanswered.length > 0 ? (
        <p className="mt-1 font-semibold text-danger">
          {`还有 ${unanswered.length} 题未作答：${unansweredText(unanswered)}。`}
        </p>
      ) : null}
      <p className="mt-1">交卷后立即评分，不能再修改。</p>
      {progress === 'unsaved' ? (
        <p role="alert" className="mt-3 font-semibold text-danger">
          网络不通，还有作答没有保存到服务器，暂不能交卷。请保持页面打开，稍后再试；到时系统会按已保存的作答自动交卷。
        </p>
      ) : null}
      {props.waitsUntilMs === null ? null : (
        <p id={EARLY_NOTE} className="mt-3 font-semibold">
          {`按本场考试的规定，${clockText(props.waitsUntilMs)} 起可以交卷，现在请继续作答。`}
        </p>
      )}
      <UnsavedNote />
      <div className="mt-4 flex flex-wrap gap-3">
        <EnterSaves />
        <button
          type="submit"
          form={PAPER_FORM}
          name="intent"
          value="hand_in"
          aria-disabled={progress === 'saving' || isEarly}
          aria-describedby={isEarly ? EARLY_NOTE : undefined}
          className={cx(buttonClass(isEarly ? 'secondary' : 'primary'), isEarly && 'text-ink-muted')}
          onClick={(event) => {
            event.preventDefault();
            // Before anything is taken off the device: the server would refuse, and the candidate has to go on here.
            if (client && !isEarly && progress !== 'saving') void handIn(client);
          }}
        >
          {progress === 'saving' ? '正在保存并交卷…' : '确认交卷'}
        </button>
        <WaysBack {...props} />
      </div>
      <form ref={formRef} method="post" hidden>
        <input type="hidden" name="intent" value="hand_in" />
      </form>
    </section>
  );
}

const EARLY_NOTE = 'hand-in-early';

/** Without JavaScript the button sends the paper along: what was ticked below is saved first. */
function UnsavedNote() {
  return (
    <noscript>
      <p className="mt-1">以上按已保存的作答统计；下方试卷中尚未保存的作答，随交卷一并保存。</p>
    </noscript>
  );
}

/** Back to the paper; without JavaScript what was ticked meanwhile is saved on the way. */
function WaysBack({ unanswered: [first], onBack, onGo }: HandInPanelProps) {
  return (
    <>
      <button
        type="submit"
        form={PAPER_FORM}
        name="intent"
        value="save"
        className={buttonClass('secondary')}
        onClick={(event) => {
          event.preventDefault();
          onBack();
        }}
      >
        返回作答
      </button>
      {first === undefined ? null : (
        <a
          href={`#${questionId(first)}`}
          className={buttonClass('quiet')}
          onClick={(event) => {
            event.preventDefault();
            onGo(first);
          }}
        >
          去第一道未答题
        </a>
      )}
    </>
  );
}
