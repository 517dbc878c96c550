import { createContext } from 'react';
import type { CellLook } from './map-cell.tsx';
import type { QuestionLook } from './question-block.tsx';

/** Gives HTML exactly as the components draw it, one after the other. */
export interface PaperPrinter {
  /** As `QuestionBlock`. */
  questions(looks: readonly QuestionLook[]): string;
  /** As the items of the question map. */
  cells(looks: readonly CellLook[]): string;
}

/**
 * How the server draws what a paper has eighty of (`print-questions.server.tsx`); null in the browser, where each is a
 * component that comes to life on what the server has drawn.
 */
export const QuestionPrinter = createContext<PaperPrinter | null>(null);
