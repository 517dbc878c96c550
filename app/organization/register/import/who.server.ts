import { unitSubtree } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { idNumberHash } from '../../roster/person-secret.server.ts';
import type { Place } from './place.server.ts';
import type { KnownWho, WhoContext, WhoRow } from './who.ts';
import { listWho } from './who.store.server.ts';

/** What `findWho` needs for these rows, in one statement. */
export async function loadWho(
  tx: Tx,
  ctx: Ctx,
  place: Place,
  rows: readonly WhoRow[],
): Promise<WhoContext & { readonly personIds: readonly string[] }> {
  const numbers = new Map(
    rows.flatMap(({ idNumber }) =>
      idNumber === null ? [] : [[idNumberHash(ctx.secrets, idNumber), idNumber] as const],
    ),
  );
  const people = await listWho(tx, [...place.unitIds], {
    names: [...new Set(rows.map(({ name }) => name))],
    hashes: [...numbers.keys()],
  });
  const byName = new Map<string, KnownWho[]>();
  const byIdNumber = new Map<string, KnownWho>();
  for (const { hash, ...person } of people) {
    byName.set(person.name, [...(byName.get(person.name) ?? []), person]);
    const number = numbers.get(hash);
    if (number !== undefined) byIdNumber.set(number, person);
  }
  const subtrees = new Map<string, ReadonlySet<string>>();
  return {
    units: place.units,
    subtree: (unitId) => {
      const known = subtrees.get(unitId) ?? unitSubtree(place.tree, unitId);
      subtrees.set(unitId, known);
      return known;
    },
    byName,
    byIdNumber,
    personIds: people.map(({ personId }) => personId),
  };
}
