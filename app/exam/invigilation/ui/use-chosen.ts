import { useState } from 'react';

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Whom the invigilator has ticked on the board. Nobody any more once an act was done and the page has a new command.
 * @param kept ticked in a form that was refused and, without scripts, is shown anew
 */
export function useChosen(
  commandId: string,
  kept: string | undefined,
): readonly [ReadonlySet<string>, (ids: ReadonlySet<string>) => void] {
  const [ticked, setTicked] = useState(() => ({ commandId, ids: new Set(kept ? kept.split(',') : []) }));
  const chosen = ticked.commandId === commandId ? ticked.ids : NOBODY;
  return [chosen, (ids) => setTicked({ commandId, ids: new Set(ids) })];
}
