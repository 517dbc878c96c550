/** Pure rules about where the embedded database may live. */

/** The operating-system user PostgreSQL runs as; only set when we are root, which PostgreSQL refuses to be. */
export interface DatabaseUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface FolderFacts {
  readonly path: string;
  /** Permission bits */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const OWNER_EXECUTE = 0o100;
const GROUP_EXECUTE = 0o010;
const OTHER_EXECUTE = 0o001;

/** The first folder on the way that `user` cannot walk through, or null. Access lists beyond the mode bits are not seen. */
export function firstBarrier(way: readonly FolderFacts[], user: DatabaseUser): string | null {
  const barrier = way.find((folder) => {
    if (folder.uid === user.uid) return (folder.mode & OWNER_EXECUTE) === 0;
    if (folder.gid === user.gid) return (folder.mode & GROUP_EXECUTE) === 0;
    return (folder.mode & OTHER_EXECUTE) === 0;
  });
  return barrier?.path ?? null;
}

/** Users that exist on most systems for exactly this: owning what a service keeps. First match wins. */
const SERVICE_USERS = ['postgres', '_postgres', 'nobody', 'daemon'];

/** Reads passwd(5). @returns users by the order of preference, root never among them. */
export function serviceUsers(passwd: string): readonly DatabaseUser[] {
  const users = passwd.split('\n').flatMap((line): DatabaseUser[] => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  return SERVICE_USERS.flatMap((name) => users.filter((user) => user.name === name && user.uid > 0));
}

const MAX_NAME_LENGTH = 40;

/** Folder name for a checkout: readable, and different for two checkouts of the same name. @param hash of its path */
export function checkoutName(checkoutDir: string, hash: string): string {
  const base = checkoutDir.split(/[/\\]/).findLast((part) => part !== '') ?? 'checkout';
  const readable = base.replaceAll(/[^\p{L}\p{N}._-]/gu, '-').slice(0, MAX_NAME_LENGTH);
  return `${readable}-${hash.slice(0, 8)}`;
}

/** pg_ctl hands paths to a shell between double quotes; these characters would mean something there. */
const SHELL_CHARACTERS = /["$`\\\n]/;

export function isUsablePath(folder: string, platform: string): boolean {
  return platform === 'win32' ? !/["%\n]/.test(folder) : !SHELL_CHARACTERS.test(folder);
}
