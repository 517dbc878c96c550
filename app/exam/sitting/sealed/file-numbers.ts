import type { SentAnswer } from '../wire.ts';

/** An answer of the journal, as far as numbering asks. */
export type NumberedAnswer = Pick<SentAnswer, 'epoch' | 'seq' | 'position' | 'choice' | 'clientTime'>;

const textOf = ({ epoch, position, choice, clientTime }: NumberedAnswer): string =>
  `${epoch} ${position} ${choice} ${clientTime ?? ''}`;

const keyText = (epoch: number, seq: number): string => `${epoch}.${seq}`;

/**
 * The number under which the journal has an answer already, null for one it has not: a device that was full may have written
 * it into an earlier file, or sent it, under another number, and it would count twice. One without a time of its own may
 * have been given twice.
 * @param journal everything of these epochs
 */
export function numbersIn(journal: readonly NumberedAnswer[]): (answer: SentAnswer) => number | null {
  const known = new Map(journal.map((one) => [textOf(one), one.seq]));
  return (answer) => (answer.clientTime === null ? null : (known.get(textOf(answer)) ?? null));
}

/**
 * Answers that others have overtaken, under the highest free numbers below their own: they come into the journal, and
 * whoever replays it reads them, but what counts stays what it is. Those that are there already keep their number. Left out
 * is one below which nothing is free.
 * @param journal everything of these epochs
 */
export function numberedBelow(
  journal: readonly NumberedAnswer[],
  answers: readonly SentAnswer[],
): SentAnswer[] {
  const known = new Map(journal.map((one) => [textOf(one), one.seq]));
  const taken = new Set(journal.map(({ epoch, seq }) => keyText(epoch, seq)));
  const numbered: SentAnswer[] = [];
  for (const answer of [...answers].sort((a, b) => b.seq - a.seq)) {
    let seq = known.get(textOf(answer));
    if (seq === undefined) {
      seq = answer.seq - 1;
      while (taken.has(keyText(answer.epoch, seq))) seq -= 1;
      taken.add(keyText(answer.epoch, seq));
    }
    if (seq >= 1) numbered.push({ ...answer, seq });
  }
  return numbered;
}
