import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';

const row = z.object({ personId: z.string(), cipher: z.instanceof(Uint8Array) });

/** Sealed phones of these people; who has none is not in the map. */
export async function listPhoneCiphers(
  tx: Tx,
  personIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx.$queryRaw`
    select person_id::text as "personId", phone_cipher as cipher from person_secret
    where person_id = any(${[...personIds]}::uuid[]) and phone_cipher is not null`;
  return new Map(
    z
      .array(row)
      .parse(rows)
      .map(({ personId, cipher }) => [personId, cipher]),
  );
}
