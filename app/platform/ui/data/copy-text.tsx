import { useId, useRef, useState } from 'react';
import { useHydrated } from '../hydrated.ts';
import { Button } from './button.tsx';

export interface CopyTextProps {
  /** what will be pasted somewhere else */
  text: string;
  /** names the text: `发到工作群的文字` */
  label: string;
  /** what the button copies; the verb stands before it unless told */
  buttonLabel?: string | undefined;
  hint?: string | undefined;
}

type Result = 'copied' | 'selected' | null;

const RESULT_TEXTS: Record<Exclude<Result, null>, string> = {
  copied: '已复制，可以粘贴到工作群。',
  selected: '浏览器不允许自动复制，文字已选中，请按 Ctrl+C（手机长按）复制。',
};

const MOST_LINES = 12;

/** Text to paste somewhere else. It stands in a field that is selected when entered, so it can be copied without
 *  JavaScript; with it a button does the copying. */
export function CopyText({ text, label, buttonLabel = '复制文字', hint }: CopyTextProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const isHydrated = useHydrated();
  const [result, setResult] = useState<Result>(null);
  const copy = () => {
    field.current?.select();
    // Outside secure contexts there is no clipboard; a browser may also refuse it.
    const copying = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    copying.then(
      () => setResult('copied'),
      () => setResult('selected'),
    );
  };
  return (
    <div className="max-w-xl">
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-ink-muted">
          {hint}
        </p>
      ) : null}
      <textarea
        ref={field}
        id={id}
        readOnly
        value={text}
        rows={Math.min(text.split('\n').length + 2, MOST_LINES)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onFocus={(event) => event.currentTarget.select()}
        className="control resize-y py-2"
      />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {isHydrated ? <Button onClick={copy}>{buttonLabel}</Button> : null}
        <p role="status" className="text-sm text-ink-muted">
          {result === null ? '' : RESULT_TEXTS[result]}
        </p>
      </div>
    </div>
  );
}
