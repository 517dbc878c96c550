import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import type { CodeAnswer, WaitingClient } from '../client/waiting-client.ts';
import { OPENING_CODE_DIGITS } from '../opening-code.ts';

const REFUSALS: Readonly<Record<Exclude<CodeAnswer, 'opened'>, string>> = {
  no_code: `开卷口令是 ${OPENING_CODE_DIGITS} 位数字，请核对后重新输入。`,
  too_early: '考试尚未开始，网络正常时试卷会自动打开，不需要输入口令。',
  wrong: '开卷口令不对，请按监考人员宣布的口令逐组核对。核对无误仍打不开的，请举手告知监考人员。',
  damaged: '本机存放的试卷已损坏，不能打开。请举手告知监考人员。',
};

/** Room for blanks between the groups and after them. */
const MAX_TYPED = 60;

/**
 * 开卷口令, for when the bell rings and the network does not answer. Without network it may be typed at any time: the code
 * itself is the permission, whatever the device's clock says. While the server answers, it opens nothing before its bell.
 */
export function OpeningForm(props: { client: WaitingClient; lockNo: string; isUrgent: boolean }) {
  const { client, lockNo, isUrgent } = props;
  const details = useRef<HTMLDetailsElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  useEffect(() => {
    if (isUrgent && details.current) details.current.open = true;
  }, [isUrgent]);

  const onSubmit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('openingCode');
    setBusy(true);
    setRefusal('');
    const answer = await client.enterCode(typeof typed === 'string' ? typed : '');
    // An opened envelope takes this form away.
    if (answer === 'opened') return;
    setBusy(false);
    setRefusal(REFUSALS[answer]);
    // A button that was pressed and could not be pressed for a while has lost the focus.
    field.current?.focus();
  };

  return (
    <details ref={details} className="mt-6">
      <summary className="min-h-10 cursor-pointer py-2 font-semibold text-accent underline underline-offset-4">
        断网时用开卷口令打开
      </summary>
      <form onSubmit={(event) => void onSubmit(event)} className="mt-2">
        <label htmlFor="opening-code" className="mb-1 block font-semibold">
          开卷口令
        </label>
        <p id="opening-code-hint" className="mb-1.5 text-sm text-ink-muted">
          {`开考铃响后由监考人员宣布，${OPENING_CODE_DIGITS} 位数字，可以带空格。口令单编号 ${lockNo}`}
        </p>
        <input
          ref={field}
          id="opening-code"
          name="openingCode"
          inputMode="numeric"
          autoComplete="off"
          maxLength={MAX_TYPED}
          aria-invalid={refusal !== ''}
          aria-describedby="opening-code-hint opening-code-error"
          className="control text-lg tracking-wider"
        />
        <p id="opening-code-error" role="alert" className="mt-1.5 text-danger">
          {refusal}
        </p>
        <button type="submit" disabled={isBusy} className={`mt-3 ${buttonClass('primary')}`}>
          {isBusy ? '正在打开…' : '打开试卷'}
        </button>
      </form>
    </details>
  );
}
