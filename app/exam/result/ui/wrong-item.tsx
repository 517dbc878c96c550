import { TYPE_LABELS, answerText } from '../../bank/question.ts';
import { lettersOf } from '../../sitting/choice.ts';
import type { WrongItem } from '../result-view.server.ts';

/** A question that was not answered rightly: one's own answer, the right one, and the article that says so. */
export function WrongItemBlock({ item }: { item: WrongItem }) {
  const own = item.choice === '' ? '未作答' : answerText(lettersOf(item.choice));
  return (
    <li className="keep-together border-t border-line py-5">
      <p className="max-w-measure">
        <span className="mr-2 font-semibold tabular-nums">{`${item.position}.`}</span>
        {item.stem}
        <span className="ml-1 text-sm text-ink-muted">{`（${TYPE_LABELS[item.type]}）`}</span>
      </p>
      {item.options.length > 0 ? (
        <ul className="mt-2 grid gap-1">
          {item.options.map((option) => (
            <li
              key={option.letter}
              className={item.key.includes(option.letter) ? 'font-semibold' : undefined}
            >
              {`${option.letter}. ${option.text}`}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="mt-3">
        <span className="text-danger">{`您的作答：${own}`}</span>
        <span className="ml-6 text-positive">{`正确答案：${answerText(item.key)}`}</span>
      </p>
      <p className="mt-1 max-w-measure text-ink-muted">
        {item.explanation}
        {item.citation ? `（${item.citation}）` : null}
      </p>
    </li>
  );
}
