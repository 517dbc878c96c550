import type { Check, Citation } from '../course/course.schema.ts';

/** What a person has chosen, by question id. Letters of choices, `T` or `F` for statements. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** A question as the browser may see it: no key, no explanation, no citation (which would give it away). */
export interface PublicCheck {
  readonly id: string;
  readonly type: Check['type'];
  readonly stem: string;
  readonly options: readonly { readonly letter: string; readonly text: string }[];
}

const TRUE_FALSE = [
  { letter: 'T', text: '正确' },
  { letter: 'F', text: '错误' },
] as const;

function optionsOf(check: Check): PublicCheck['options'] {
  if (check.type === 'true_false') return TRUE_FALSE;
  return Object.entries(check.options).flatMap(([letter, text]) =>
    text === undefined ? [] : [{ letter, text }],
  );
}

export function publicCheck(check: Check): PublicCheck {
  return { id: check.id, type: check.type, stem: check.stem, options: optionsOf(check) };
}

const isSame = (chosen: readonly string[], key: readonly string[]): boolean =>
  chosen.length === key.length && key.every((letter) => chosen.includes(letter));

/** Only letters the question has, each once, in its order: what is kept and graded. */
export function cleanAnswers(checks: readonly Check[], answers: Answers): Answers {
  return Object.fromEntries(
    checks.map((check) => {
      const chosen = answers[check.id] ?? [];
      const letters = optionsOf(check).map((option) => option.letter);
      return [check.id, letters.filter((letter) => chosen.includes(letter))];
    }),
  );
}

export interface Graded {
  readonly rightIds: readonly string[];
  readonly unansweredIds: readonly string[];
}

/** All or nothing per question: a multiple choice is right only with exactly its letters. */
export function gradeChecks(checks: readonly Check[], answers: Answers): Graded {
  const rightIds = checks
    .filter((check) => isSame(answers[check.id] ?? [], check.answer))
    .map((check) => check.id);
  const unansweredIds = checks
    .filter((check) => (answers[check.id] ?? []).length === 0)
    .map((check) => check.id);
  return { rightIds, unansweredIds };
}

/** What is said about one answered question. */
export interface Verdict {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly isRight: boolean;
  /** Where to look it up. */
  readonly citation: Citation;
  /** Key and explanation, only after the questions of the lesson are passed. */
  readonly solution: { readonly answer: readonly string[]; readonly explanation: string } | null;
}

/** Until the questions are passed a person learns what was wrong and where to read, not which letter to tick. */
export function verdictsOf(checks: readonly Check[], answers: Answers, isPassed: boolean): Verdict[] {
  const { rightIds } = gradeChecks(checks, answers);
  return checks.map((check) => ({
    id: check.id,
    chosen: answers[check.id] ?? [],
    isRight: rightIds.includes(check.id),
    citation: check.citation,
    solution: isPassed ? { answer: check.answer, explanation: check.explanation } : null,
  }));
}
