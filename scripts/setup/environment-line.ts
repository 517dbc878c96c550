import type { EnvRecord } from '#app/platform/env/env.server.ts';

/** What decides which database is used and under which address it is reached. Secrets are named, never repeated. */
const SHOWN = [
  'DATA_DIR',
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'TRUST_PROXY',
] as const;
const NAMED = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_REPLICA_URL', 'APP_SECRET'] as const;

const isGiven = (record: EnvRecord, name: string): boolean => (record[name]?.trim() ?? '') !== '';

/** The command that starts the platform on exactly what this setup has set up. */
export function startCommand(record: EnvRecord): string {
  const shown = SHOWN.filter((name) => isGiven(record, name)).map(
    (name) => `${name}='${(record[name] ?? '').trim()}' `,
  );
  return `${shown.join('')}npm start`;
}

/** Names of the secret variables that have to be given again, as they were given now. */
export function secretNames(record: EnvRecord): readonly string[] {
  return NAMED.filter((name) => isGiven(record, name));
}
