import { useEffect, useRef, useState } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import type { AttemptClient } from '../client/attempt-client.ts';

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
  /** where 「返回作答」 leads without JavaScript */
  backTo: string;
  onBack: () => void;
  onGo: (position: number) => void;
}

type Progress = 'asking' | 'saving' | 'unsaved';

/** The last question before handing in: what is unanswered, and that it cannot be undone. */
export function HandInPanel(props: HandInPanelProps) {
  const { unanswered, itemCount, client } = props;
  const headingRef = useRef<HTMLHeadingElement>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const [progress, setProgress] = useState<Progress>('asking');
  useEffect(() => headingRef.current?.focus(), []);

  const handIn = async (attempt: AttemptClient): Promise<void> => {
    setProgress('saving');
    if (!(await attempt.flush())) {
      setProgress('unsaved');
      return;
    }
    // Another tab, the invigilator or the clock was first: the page is on its way to the result already.
    if (attempt.snapshot().phase === 'closed') return;
    // Everything is with the server: nothing of the paper stays on a device that others may use.
    await attempt.wipe();
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
      <form
        ref={formRef}
        method="post"
        className="mt-4 flex flex-wrap gap-3"
        onSubmit={(event) => {
          if (!client) return;
          event.preventDefault();
          if (progress !== 'saving') void handIn(client);
        }}
      >
        <input type="hidden" name="intent" value="hand_in" />
        <button type="submit" aria-disabled={progress === 'saving'} className={buttonClass('primary')}>
          {progress === 'saving' ? '正在保存并交卷…' : '确认交卷'}
        </button>
        <a
          href={props.backTo}
          onClick={(event) => {
            event.preventDefault();
            props.onBack();
          }}
          className={buttonClass('secondary')}
        >
          返回作答
        </a>
        {unanswered.length > 0 ? (
          <button
            type="button"
            className={buttonClass('quiet')}
            onClick={() => props.onGo(unanswered[0] ?? 1)}
          >
            去第一道未答题
          </button>
        ) : null}
      </form>
    </section>
  );
}
