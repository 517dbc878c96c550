import { createContext } from 'react';
import type { QuestionLook } from './question-block.tsx';

/** Gives the HTML of these questions, one after the other, exactly as `QuestionBlock` draws them. */
export type PrintQuestions = (questions: readonly QuestionLook[]) => string;

/**
 * How the server draws the questions of a paper (`print-questions.server.tsx`); null in the browser, where each is a
 * component that comes to life on what the server has drawn.
 */
export const QuestionPrinter = createContext<PrintQuestions | null>(null);
