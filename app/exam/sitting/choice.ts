/** An answer as text: letters ascending (`B`, `ACD`), `T` or `F`, and the empty text for an answer taken back. */
export const CHOICE_PATTERN = /^(?:|T|F|A?B?C?D?E?)$/;

/** Letters in order and once each: what is ticked in any order is one and the same answer. */
export function choiceOf(letters: readonly string[]): string {
  return [...new Set(letters)].sort().join('');
}

/** `ACD` → `A`, `C`, `D`. */
export function lettersOf(choice: string): string[] {
  return [...choice];
}

/** The answer after one letter of it is pressed: multiple choice toggles, everything else replaces. */
export function toggled(choice: string, letter: string, isMultiple: boolean): string {
  if (!isMultiple) return letter;
  const letters = lettersOf(choice);
  return choiceOf(
    letters.includes(letter) ? letters.filter((other) => other !== letter) : [...letters, letter],
  );
}
