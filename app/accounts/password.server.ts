import { hash, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, t = 2, p = 1 (OWASP's first recommendation); native and off the main thread. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A login storm may not starve exam saves: at most this many hashes are computed at a time in one process. */
const MAX_CONCURRENT = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_CONCURRENT) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password, OPTIONS));
}

/** A hash of nothing anyone knows: verified against when there is no account, so that both answers take equally long. */
const NO_ACCOUNT_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$6Xh0HGCyJ0AVEpCqFLZVXMlKfUuIkjQbwGYNd0wNYvE';

/** False for a wrong password and for no hash at all; takes the same time in both cases. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await limited(() => verify(passwordHash ?? NO_ACCOUNT_HASH, password));
  return passwordHash !== null && matches;
}
