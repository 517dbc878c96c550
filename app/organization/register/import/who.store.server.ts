import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { KnownWho } from './who.ts';

const row = z.object({
  personId: z.string(),
  name: z.string(),
  hash: z.string(),
  unitId: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

export interface HashedWho extends KnownWho {
  readonly hash: string;
}

/** People with one of these names or numbers who belong, or belonged, to one of the units. */
export async function listWho(
  tx: Tx,
  unitIds: readonly string[],
  asked: { readonly names: readonly string[]; readonly hashes: readonly string[] },
): Promise<HashedWho[]> {
  const rows = await tx.$queryRaw`
    select p.id::text as "personId", p.name, encode(p.id_number_hash, 'hex') as hash, l.unit_id::text as "unitId",
      l.valid_from::text as "validFrom", l.valid_to::text as "validTo"
    from person p join person_unit_link l on l.person_id = p.id and l.kind = 'home' and l.superseded_at is null
    where (p.name = any(${[...asked.names]}::text[])
        or p.id_number_hash in (select decode(h, 'hex') from unnest(${[...asked.hashes]}::text[]) h))
      and exists (select 1 from person_unit_link o where o.person_id = p.id and o.kind = 'home'
        and o.superseded_at is null and o.unit_id = any(${[...unitIds]}::uuid[]))
    order by p.id, l.valid_from desc`;
  const people = new Map<string, HashedWho & { homes: KnownWho['homes'][number][] }>();
  for (const { personId, name, hash, ...home } of z.array(row).parse(rows)) {
    const known = people.get(personId) ?? { personId, name, hash, homes: [] };
    known.homes.push(home);
    people.set(personId, known);
  }
  return [...people.values()];
}
