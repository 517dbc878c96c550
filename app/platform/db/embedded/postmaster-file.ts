/**
 * The file `postmaster.pid` that a running server keeps in its data folder. Pure.
 * Lines (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*): pid, data folder, start time, port, socket folder, address,
 * shared-memory key, status.
 */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | null;
  readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | 'unknown';
}

const STATUSES = ['starting', 'stopping', 'ready', 'standby'] as const;

/** null when the text does not begin with a process number. */
export function parsePostmasterFile(content: string): PostmasterFile | null {
  const lines = content.split(/\r?\n/);
  const pid = Number(lines[0]?.trim());
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3]?.trim());
  const status = STATUSES.find((known) => known === lines[7]?.trim());
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, status: status ?? 'unknown' };
}

/** No process of any system we run on can have this number. */
const NOBODYS_PID = 2_147_483_646;

/**
 * The file with a process number that is certainly free. PostgreSQL refuses to start while the number in the file
 * belongs to any living process of the same user, even an unrelated one that got it later, or a zombie. The rest of
 * the file stays, because PostgreSQL uses the shared-memory key in it to make sure that no orphan still writes.
 */
export function buryPostmaster(content: string): string {
  return content.replace(/^\s*\d+/, String(NOBODYS_PID));
}
