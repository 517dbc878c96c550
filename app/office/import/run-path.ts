export const IMPORTS_PATH = '/bureau/imports';

/** Page of one import run. */
export function runPath(runId: string): string {
  return `${IMPORTS_PATH}/${runId}`;
}
