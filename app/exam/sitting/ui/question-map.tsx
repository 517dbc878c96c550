import { cx } from '#app/platform/ui/cx.ts';
import { partTitle, questionId } from './paper-parts.ts';
import type { PaperPart } from './paper-parts.ts';

export interface QuestionMapProps {
  parts: readonly PaperPart[];
  answers: ReadonlyMap<number, string>;
  flags: ReadonlySet<number>;
  current: number;
  onGo: (position: number) => void;
}

function stateText(position: number, isAnswered: boolean, isFlagged: boolean): string {
  return `第 ${position} 题，${isAnswered ? '已作答' : '未作答'}${isFlagged ? '，已标记' : ''}`;
}

/** All questions at a glance. Plain links to the questions, so that it leads there without JavaScript, too. */
export function QuestionMap({ parts, answers, flags, current, onGo }: QuestionMapProps) {
  return (
    <nav aria-label="题目一览">
      {parts.map((part, index) => (
        <section key={part.type} className="mb-5">
          <h2 className="mb-2 text-sm font-semibold">{partTitle(part, index)}</h2>
          <ol className="grid grid-cols-8 gap-1.5 sm:grid-cols-12 lg:grid-cols-6">
            {part.items.map(({ position }) => (
              <li key={position}>
                <MapCell
                  position={position}
                  isAnswered={answers.has(position)}
                  isFlagged={flags.has(position)}
                  isCurrent={position === current}
                  onGo={onGo}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
      <Legend />
      <KeyHints />
    </nav>
  );
}

interface MapCellProps {
  position: number;
  isAnswered: boolean;
  isFlagged: boolean;
  isCurrent: boolean;
  onGo: (position: number) => void;
}

function MapCell({ position, isAnswered, isFlagged, isCurrent, onGo }: MapCellProps) {
  return (
    <a
      href={`#${questionId(position)}`}
      aria-label={stateText(position, isAnswered, isFlagged)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault();
        onGo(position);
      }}
      className={cx(
        'relative flex h-9 items-center justify-center rounded border text-sm tabular-nums no-underline',
        isAnswered
          ? 'border-accent bg-accent text-on-accent'
          : 'border-line-strong bg-surface-raised text-ink',
        isCurrent && 'outline outline-2 outline-offset-2 outline-ink',
      )}
    >
      {position}
      {isFlagged ? <FlagMark /> : null}
    </a>
  );
}

/** A corner that is told by its shape, not by its colour. */
function FlagMark() {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className="absolute right-0 top-0 h-3.5 w-3.5">
      <path d="M0 0h10v10z" className="fill-caution stroke-surface-raised" strokeWidth="1" />
    </svg>
  );
}

/** Only where there is a keyboard; the same keys work in both views. */
function KeyHints() {
  return (
    <p className="mt-3 hidden text-sm text-ink-muted lg:block touch:hidden">
      键盘：1–5 或 A–E 选择（判断题 1 正确、2 错误），← → 换题，M 标记。
    </p>
  );
}

function Legend() {
  const box = 'relative inline-block h-4 w-4 rounded-sm border align-[-0.15em]';
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted" aria-hidden="true">
      <span>
        <span className={cx(box, 'border-accent bg-accent')} /> 已作答
      </span>
      <span>
        <span className={cx(box, 'border-line-strong')} /> 未作答
      </span>
      <span>
        <span className={cx(box, 'border-line-strong')}>
          <FlagMark />
        </span>{' '}
        已标记
      </span>
    </p>
  );
}
