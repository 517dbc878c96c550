import { useContext } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { FlagMark, MapCell } from './map-cell.tsx';
import type { CellLook } from './map-cell.tsx';
import { partTitle } from './paper-parts.ts';
import type { PaperPart } from './paper-parts.ts';
import { QuestionPrinter } from './question-printer.ts';

export interface QuestionMapProps {
  parts: readonly PaperPart[];
  answers: ReadonlyMap<number, string>;
  flags: ReadonlySet<number>;
  current: number;
  /** letters and figures answer and mark */
  hasLetters: boolean;
  onGo: (position: number) => void;
}

/** All questions at a glance. Plain links to the questions, so that it leads there without JavaScript, too. */
export function QuestionMap({ parts, answers, flags, current, hasLetters, onGo }: QuestionMapProps) {
  return (
    <nav aria-label="题目一览">
      {parts.map((part, index) => (
        <section key={part.type} className="mb-5">
          <h2 className="mb-2 text-sm font-semibold">{partTitle(part, index)}</h2>
          <Cells
            looks={part.items.map(({ position }) => ({
              position,
              isAnswered: answers.has(position),
              isFlagged: flags.has(position),
              isCurrent: position === current,
            }))}
            onGo={onGo}
          />
        </section>
      ))}
      <Legend />
      <KeyHints hasLetters={hasLetters} />
    </nav>
  );
}

interface CellsProps {
  looks: readonly CellLook[];
  onGo: (position: number) => void;
}

/** Printed by the server, alive in the browser: the same elements. */
function Cells({ looks, onGo }: CellsProps) {
  const printer = useContext(QuestionPrinter);
  const layout = 'grid grid-cols-8 gap-1.5 sm:grid-cols-12 lg:grid-cols-6';
  if (printer) return <ol className={layout} dangerouslySetInnerHTML={{ __html: printer.cells(looks) }} />;
  return (
    <ol className={layout}>
      {looks.map((look) => (
        <MapCell key={look.position} {...look} onGo={onGo} />
      ))}
    </ol>
  );
}

/** Only where there is a keyboard; the same keys work in both views. */
function KeyHints({ hasLetters }: { hasLetters: boolean }) {
  return (
    <p className="mt-3 hidden text-sm text-ink-muted needs-scripts lg:block touch:hidden">
      {hasLetters
        ? '键盘：1–5 或 A–E 选择（判断题 1 正确、2 错误），← → 换题，M 标记。'
        : '键盘：← → 换题；字母键、数字键已关闭。'}
    </p>
  );
}

function Legend() {
  const box = 'relative inline-block h-4 w-4 rounded-sm border align-[-0.15em]';
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted" aria-hidden="true">
      <span>
        <span className={cx(box, 'map-cell-answered')} /> 已作答
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
