import { cx } from '#app/platform/ui/cx.ts';
import type { VerdictView } from '../lesson-view.server.ts';
import type { PublicCheck } from '../checks.ts';

const TYPE_WORDS: Readonly<Record<PublicCheck['type'], string>> = {
  single: '单选',
  multiple: '多选',
  true_false: '判断',
};

export interface CheckFieldProps {
  check: PublicCheck;
  number: number;
  verdict: VerdictView | null;
  /** what was chosen in a submission that was sent back */
  chosen: readonly string[] | null;
  isMissing: boolean;
}

/** One question as a field of the lesson's form: native controls, so it can be answered before any script has loaded. */
export function CheckField({ check, number, verdict, chosen, isMissing }: CheckFieldProps) {
  const standing = chosen ?? verdict?.chosen ?? [];
  const noteId = `check-${check.id}-note`;
  return (
    <fieldset
      id={`check-${check.id}`}
      data-island="check"
      aria-describedby={verdict || isMissing ? noteId : undefined}
      className={cx(
        'my-6 scroll-mt-40 rounded-md border bg-surface-raised px-5 py-4 leading-[1.6] lg:scroll-mt-24',
        isMissing ? 'border-danger' : 'border-line-strong',
      )}
    >
      <legend className="sr-only">{`第 ${number} 题：${check.stem}`}</legend>
      <p aria-hidden="true" className="font-medium">
        <span className="mr-2 text-sm text-ink-muted">{`${number}. ${TYPE_WORDS[check.type]}`}</span>
        {check.stem}
      </p>
      <div className="mt-3 space-y-1">
        {check.options.map((option) => (
          <label
            key={option.letter}
            className="flex min-h-10 cursor-pointer gap-3 rounded px-2 py-2 hover:bg-surface-sunken"
          >
            <input
              type={check.type === 'multiple' ? 'checkbox' : 'radio'}
              name={`check.${check.id}`}
              value={option.letter}
              defaultChecked={standing.includes(option.letter)}
              className="tick mt-[0.21875rem]"
            />
            <span>
              {check.type === 'true_false' ? null : <span className="mr-2">{option.letter}.</span>}
              {option.text}
            </span>
          </label>
        ))}
      </div>
      <div id={noteId}>
        {isMissing ? <p className="mt-3 text-sm font-medium text-danger">本题还没有作答。</p> : null}
        {verdict && !chosen ? <VerdictNote check={check} verdict={verdict} /> : null}
      </div>
    </fieldset>
  );
}

function VerdictNote({ check, verdict }: { check: PublicCheck; verdict: VerdictView }) {
  const { isRight, solution, citation } = verdict;
  const keyText = solution?.answer.map((letter) => keyWord(check, letter)).join('、');
  return (
    <div
      className={cx(
        'mt-3 border-l-4 px-4 py-2 text-sm',
        isRight ? 'border-positive bg-positive-soft' : 'border-caution bg-caution-soft',
      )}
    >
      <p className={cx('font-semibold', isRight ? 'text-positive' : 'text-caution')}>
        {isRight ? '回答正确' : '回答不正确'}
      </p>
      {solution ? (
        <p className="mt-1">
          {isRight ? solution.explanation : `正确答案：${keyText}。${solution.explanation}`}
        </p>
      ) : isRight ? null : (
        <p className="mt-1">{`请对照${citation}再想一想，然后重新作答。`}</p>
      )}
    </div>
  );
}

function keyWord(check: PublicCheck, letter: string): string {
  if (check.type !== 'true_false') return letter;
  return check.options.find((option) => option.letter === letter)?.text ?? letter;
}
