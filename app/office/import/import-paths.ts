/** The same pages stand in the bureau's area and in the units'; a link stays in the area it is on. */
export function importsPathOf(pathname: string): string {
  return pathname.startsWith('/coordinate/') ? '/coordinate/imports' : '/bureau/imports';
}

/** Page of one import run. */
export function runPathOf(pathname: string): (runId: string) => string {
  const base = importsPathOf(pathname);
  return (runId) => `${base}/${runId}`;
}

/** Where a file of one kind is handed in. */
export function kindPathOf(pathname: string, kindId: string): string {
  return `${importsPathOf(pathname)}?kind=${kindId}`;
}
