import type { EventKey, JournalEvent } from './fold.ts';
import { compareEvents, foldAnswers } from './fold.ts';
import { CHOICE_PATTERN, choiceOf } from './choice.ts';
import type { SentAnswer } from './wire.ts';

/** Name of a question's controls in the plain form. */
export const fieldName = (position: number): string => `q${position}`;

/** The answers of a posted form by position; a question without a tick is an empty answer. Unknown values are left out. */
export function readForm(form: FormData, positions: readonly number[]): Map<number, string> {
  const posted = new Map<number, string>();
  for (const position of positions) {
    const letters = form.getAll(fieldName(position)).filter((value) => typeof value === 'string');
    const choice = choiceOf(letters);
    if (CHOICE_PATTERN.test(choice)) posted.set(position, choice);
  }
  return posted;
}

/**
 * The events a posted form stands for: every answer that differs from what stood when the form was rendered. Their
 * numbers follow from the form's own (`issued` + position − 1), so the same form sent twice gives the same events.
 * @param issued epoch and first number that the server put into the form
 */
export function eventsOfForm(
  posted: ReadonlyMap<number, string>,
  journal: readonly JournalEvent[],
  issued: EventKey,
): SentAnswer[] {
  const before = foldAnswers(journal.filter((event) => compareEvents(event, issued) < 0));
  return [...posted]
    .filter(([position, choice]) => (before.get(position) ?? '') !== choice)
    .map(([position, choice]) => ({
      epoch: issued.epoch,
      seq: issued.seq + position - 1,
      position,
      choice,
      clientTime: null,
    }));
}
