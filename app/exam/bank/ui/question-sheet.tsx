import { TRUE_FALSE } from '../question.ts';
import type { QuestionContent } from '../question.ts';

export interface QuestionSheetProps {
  content: Pick<QuestionContent, 'type' | 'stem' | 'options'>;
}

const TRUE_FALSE_OPTIONS = [
  { letter: 'T', text: TRUE_FALSE.T },
  { letter: 'F', text: TRUE_FALSE.F },
];

/** A question as the candidate sees it: no key, no citation; its options can be tried out and mean nothing here. */
export function QuestionSheet({ content }: QuestionSheetProps) {
  const options = content.type === 'true_false' ? TRUE_FALSE_OPTIONS : content.options;
  return (
    <fieldset>
      <legend className="max-w-measure text-lg leading-relaxed">{content.stem}</legend>
      <div className="mt-4 grid max-w-measure gap-2">
        {options.map((option) => (
          <label
            key={option.letter}
            className="flex min-h-12 cursor-pointer items-baseline gap-3 rounded border border-line-strong px-4 py-2.5 hover:border-accent"
          >
            <input
              type={content.type === 'multiple' ? 'checkbox' : 'radio'}
              name="preview"
              value={option.letter}
              autoComplete="off"
              className="tick translate-y-0.5"
            />
            {content.type === 'true_false' ? null : <span className="font-semibold">{option.letter}</span>}
            <span className="min-w-0">{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
