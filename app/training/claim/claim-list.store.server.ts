import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Claim } from './claim.store.server.ts';
import { CLAIM_COLUMNS, parseClaims } from './claim.store.server.ts';
import type { ClaimKind, ClaimState } from './claim.ts';
import type { ClaimSort } from './claim-sorts.ts';

export interface ClaimQuery {
  readonly page: number;
  readonly size: number;
  readonly sort: { readonly field: ClaimSort; readonly direction: 'asc' | 'desc' };
  /** Part of name, title or organiser; empty for all. */
  readonly text: string;
  readonly state?: ClaimState | undefined;
  readonly kind?: ClaimKind | undefined;
  /** What was filed together. */
  readonly batchId?: string | undefined;
  /** Only these. */
  readonly claimIds?: readonly string[] | undefined;
}

const SORT_COLUMNS: Readonly<Record<ClaimSort, string>> = {
  filed: 'c.filed_at',
  person: 'p.name_pinyin',
  day: 'c.from_day',
  hours: 'c.credit_seconds',
};

const FROM = `from external_claim c join person p on p.id = c.person_id
  where c.unit_id = any($1::uuid[]) and ($2 = '' or p.name like $2 or c.title like $2 or c.organiser like $2)
    and ($3::text is null or c.state = $3) and ($4::text is null or c.kind = $4)
    and ($5::uuid is null or c.batch_id = $5::uuid) and ($6::uuid[] is null or c.id = any($6::uuid[]))`;

/** `%` and `_` typed by a person are themselves. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const valuesOf = (unitIds: readonly string[], query: ClaimQuery): unknown[] => [
  [...unitIds],
  query.text === '' ? '' : `%${escapeLike(query.text)}%`,
  query.state ?? null,
  query.kind ?? null,
  query.batchId ?? null,
  query.claimIds === undefined ? null : [...query.claimIds],
];

/** Claims of the units, one page of them. */
export async function listClaims(
  pool: Pool,
  unitIds: readonly string[],
  query: ClaimQuery,
): Promise<Claim[]> {
  const direction = query.sort.direction === 'desc' ? 'desc' : 'asc';
  const { rows } = await pool.query(
    `select ${CLAIM_COLUMNS} ${FROM} order by ${SORT_COLUMNS[query.sort.field]} ${direction}, c.id limit $7 offset $8`,
    [...valuesOf(unitIds, query), query.size, (query.page - 1) * query.size],
  );
  return parseClaims(rows);
}

export async function countClaims(
  pool: Pool,
  unitIds: readonly string[],
  query: ClaimQuery,
): Promise<number> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select count(*)::int as count ${FROM}`,
    valuesOf(unitIds, query),
  );
  return z.object({ count: z.number() }).parse(rows[0]).count;
}
