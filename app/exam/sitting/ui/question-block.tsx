import { memo } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { TRUE_FALSE } from '../../bank/question.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import { fieldName } from '../form-answers.ts';
import { questionId } from './paper-parts.ts';

/** Everything a question looks like. */
export interface QuestionLook {
  item: CandidateItem;
  choice: string;
  isFlagged: boolean;
  isHidden: boolean;
  isDisabled: boolean;
}

export interface QuestionBlockProps extends QuestionLook {
  onChoose: (item: CandidateItem, letter: string) => void;
  onReach: (position: number) => void;
}

const TRUE_FALSE_OPTIONS = [
  { letter: 'T', text: TRUE_FALSE.T },
  { letter: 'F', text: TRUE_FALSE.F },
];

/** One question with its options in large rows. Plain radio buttons and check boxes: they work in a plain form, too. */
export const QuestionBlock = memo(function QuestionBlock(props: QuestionBlockProps) {
  const { item, choice, isFlagged, isHidden, isDisabled, onChoose, onReach } = props;
  const options = item.type === 'true_false' ? TRUE_FALSE_OPTIONS : item.options;
  return (
    <fieldset
      id={questionId(item.position)}
      tabIndex={-1}
      hidden={isHidden}
      disabled={isDisabled}
      onFocus={() => onReach(item.position)}
      className="question"
    >
      <legend>
        <b>{`${item.position}.`}</b>
        {item.stem}
        {isFlagged ? <span className="ml-2 text-sm font-semibold text-caution">（已标记）</span> : null}
      </legend>
      <div>
        {options.map((option) => (
          <OptionRow
            key={option.letter}
            name={fieldName(item.position)}
            letter={option.letter}
            text={option.text}
            mark={item.type === 'true_false' ? null : option.letter}
            isMultiple={item.type === 'multiple'}
            isChecked={choice.includes(option.letter)}
            onPick={() => onChoose(item, option.letter)}
          />
        ))}
      </div>
    </fieldset>
  );
});

interface OptionRowProps {
  name: string;
  letter: string;
  text: string;
  /** letter shown before the text; null where the text says all */
  mark: string | null;
  isMultiple: boolean;
  isChecked: boolean;
  onPick: () => void;
}

function OptionRow({ name, letter, text, mark, isMultiple, isChecked, onPick }: OptionRowProps) {
  return (
    <label className={cx('option', isChecked && 'option-chosen')}>
      <input
        type={isMultiple ? 'checkbox' : 'radio'}
        name={name}
        value={letter}
        checked={isChecked}
        onChange={onPick}
        className="tick"
      />
      {mark === null ? null : <b>{mark}</b>}
      <span>{text}</span>
    </label>
  );
}
