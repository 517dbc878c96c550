/** Which rights the serving role gets. Pure: a look at the catalogue goes in, statements come out. */

/** A relation of the application as `migrate.server.ts` finds it. */
export interface RelationFacts {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view' | 'sequence';
  /** Carries the trigger `append_only_guard` */
  readonly isAppendOnly: boolean;
  /** Rights the serving role has now, in capitals */
  readonly held: readonly string[];
}

const TABLE_RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'] as const;
const SEQUENCE_RIGHTS = ['USAGE', 'SELECT', 'UPDATE'] as const;
/** Prisma's record of what was applied: serving may read it, never write it. */
const MIGRATIONS_TABLE = '_prisma_migrations';

export function rightsOf(kind: RelationFacts['kind']): readonly string[] {
  return kind === 'sequence' ? SEQUENCE_RIGHTS : TABLE_RIGHTS;
}

/** Rights the serving role should hold on a relation: never TRUNCATE; on append-only tables nothing that changes a row. */
export function wantedRights(relation: Omit<RelationFacts, 'held'>): readonly string[] {
  if (relation.kind === 'sequence') return ['USAGE', 'SELECT'];
  if (relation.kind === 'view' || relation.name === MIGRATIONS_TABLE) return ['SELECT'];
  return relation.isAppendOnly ? ['SELECT', 'INSERT'] : ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Statements that turn the held rights into the wanted ones; none when nothing differs, so that a start writes nothing. */
export function planGrants(
  role: string,
  schemas: readonly { readonly name: string; readonly hasUsage: boolean }[],
  relations: readonly RelationFacts[],
): readonly string[] {
  const to = quoteName(role);
  const usage = schemas
    .filter((schema) => !schema.hasUsage)
    .map((schema) => `grant usage on schema ${quoteName(schema.name)} to ${to}`);
  const rights = relations.flatMap((relation) => {
    const wanted = wantedRights(relation);
    const missing = wanted.filter((right) => !relation.held.includes(right));
    const excess = relation.held.filter((right) => !wanted.includes(right));
    const kind = relation.kind === 'sequence' ? 'sequence' : 'table';
    const on = `on ${kind} ${quoteName(relation.schema)}.${quoteName(relation.name)}`;
    return [
      ...(missing.length > 0 ? [`grant ${missing.join(', ')} ${on} to ${to}`] : []),
      // Rights may also have come by way of "public", the role everybody is in.
      ...(excess.length > 0 ? [`revoke ${excess.join(', ')} ${on} from ${to}, public`] : []),
    ];
  });
  return [...usage, ...rights];
}
