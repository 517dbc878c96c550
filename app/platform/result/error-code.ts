/** Code of a Node system error (`ENOENT`, `EACCES`, …) or of a failed process; '' for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
