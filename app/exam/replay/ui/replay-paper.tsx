import { cx } from '#app/platform/ui/cx.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import { lettersOf } from '../../sitting/choice.ts';
import { receiptNotes } from '../receipt-notes.ts';
import type { ReplayMoment } from '../replay.ts';

const TRUE_FALSE = [
  { letter: 'T', text: '正确' },
  { letter: 'F', text: '错误' },
] as const;

interface ReplayPaperProps {
  readonly items: readonly CandidateItem[];
  readonly moment: ReplayMoment;
}

/** The paper in its order of questions and options, with what was ticked at the moment; no key. */
export function ReplayPaper({ items, moment }: ReplayPaperProps) {
  return (
    <ol className="grid gap-4">
      {items.map((item) => (
        <ReplayItem
          key={item.position}
          item={item}
          shown={moment.shown.get(item.position) ?? ''}
          notes={receiptNotes(moment, item.position)}
          isLast={moment.lastPosition === item.position}
        />
      ))}
    </ol>
  );
}

interface ReplayItemProps {
  readonly item: CandidateItem;
  readonly shown: string;
  /** What the server had of it at the moment, where it was not simply there and counting. */
  readonly notes: readonly string[];
  readonly isLast: boolean;
}

function ReplayItem({ item, shown, notes, isLast }: ReplayItemProps) {
  const options = item.type === 'true_false' ? TRUE_FALSE : item.options;
  const ticked = lettersOf(shown);
  return (
    <li
      id={`q-${item.position}`}
      className={cx('keep-together border-l-2 pl-3', isLast ? 'border-accent' : 'border-line')}
    >
      <p>
        <span className="mr-2 font-semibold tabular-nums">{`${item.position}.`}</span>
        {item.stem}
        {isLast ? <span className="ml-2 text-sm text-accent">（最近作答）</span> : null}
      </p>
      <ul className="mt-1 grid gap-0.5 text-sm">
        {options.map((option) => {
          const isTicked = ticked.includes(option.letter);
          return (
            <li key={option.letter} className={isTicked ? 'font-semibold' : 'text-ink-muted'}>
              {`${isTicked ? '●' : '○'} ${item.type === 'true_false' ? '' : `${option.letter}. `}${option.text}`}
            </li>
          );
        })}
      </ul>
      {notes.map((note) => (
        <p key={note} className="text-sm text-caution">
          {note}
        </p>
      ))}
    </li>
  );
}
