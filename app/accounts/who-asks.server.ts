import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { createGroupCommit } from '#app/platform/db/group-commit.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Clock } from '#app/platform/time/clock.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Role } from './role.ts';
import { ROLES } from './role.ts';
import type { Sessions } from './session.server.ts';

/** Who a session belongs to, as far as a hot path asks. */
export interface Asker {
  readonly accountId: string;
  readonly personId: string | null;
  /** Own rights of today; rights lent by colleagues are left out. */
  readonly roles: readonly Role[];
  /** The one record a session of the exam door serves; null for an ordinary session. */
  readonly boundTo: string | null;
}

export interface WhoAsksOptions {
  /** Whether sessions of the exam door are answered too; whoever says so must keep them to their one record. */
  readonly takesBound?: boolean | undefined;
}

/** A session that lives no longer than this is prolonged by the ordinary path: half of its day. */
const PROLONG_HOURS = 12;
const MAX_GROUP = 500;

const askerRow = z.object({
  hash: z.string(),
  accountId: z.string(),
  personId: z.string().nullable(),
  roles: z.array(z.enum(ROLES)),
  boundTo: z.string().nullable(),
});

async function findAskers(
  ctx: { readonly pool: Pool; readonly clock: Clock },
  hashes: readonly Buffer[],
  takesBound: boolean,
): Promise<Map<string, Asker>> {
  const now = ctx.clock.now();
  const { rows } = await ctx.pool.query({
    name: 'accounts-who-asks',
    text: `select encode(s.id_hash, 'hex') as hash, a.id as "accountId", a.person_id as "personId",
        s.bound_to as "boundTo",
        array(select distinct g.role from role_grant g where g.account_id = a.id and g.superseded_at is null
          and g.valid_from <= $3::date and (g.valid_to is null or g.valid_to > $3::date)) as roles
      from ${fewRows('unnest($1::bytea[])', '$6')} as g(id_hash) join account_session s on s.id_hash = g.id_hash
        join account a on a.id = s.account_id and a.status = 'active'
      where case when s.bound_to is null
        then s.expires_at > $2::timestamptz + make_interval(hours => $4)
        else $5 and s.expires_at > $2::timestamptz and (s.bound_until is null or s.bound_until > $2::timestamptz) end`,
    values: [hashes, now, dayOf(now), PROLONG_HOURS, takesBound, hashes.length],
  });
  return new Map(
    z
      .array(askerRow)
      .parse(rows)
      .map(({ hash, ...asker }) => [hash, asker]),
  );
}

/**
 * Answers who is behind a cookie header for doors that are knocked at thousands of times a second: what comes in while
 * one question is under way is asked together in the next, one statement for all. Null where the ordinary path must
 * look: no session, one that has ended or is due to be prolonged, or, unless asked for, one of the exam door.
 */
export function createWhoAsks(
  ctx: { readonly pool: Pool; readonly clock: Clock },
  sessions: Pick<Sessions, 'sessionIdOf'>,
  { takesBound = false }: WhoAsksOptions = {},
): (cookieHeader: string | undefined) => Promise<Asker | null> {
  const ask = createGroupCommit<Buffer, Asker | null>({
    maxInFlight: 1,
    maxWeight: MAX_GROUP,
    weigh: () => 1,
    run: async (hashes) => {
      const askers = await findAskers(ctx, hashes, takesBound);
      return hashes.map((hash) => askers.get(hash.toString('hex')) ?? null);
    },
  });
  return (cookieHeader) => {
    const id = sessions.sessionIdOf(cookieHeader ?? null);
    return id === null ? Promise.resolve(null) : ask(sha256(`session:${id}`));
  };
}
