import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';

const contactRow = z.object({
  rowId: z.string(),
  unitId: z.string(),
  name: z.string(),
  position: z.string().nullable(),
  phoneCipher: z.instanceof(Uint8Array),
  validFrom: z.string(),
});
export type StoredContact = z.infer<typeof contactRow>;

/** The present 联络员 of these units on a day; units without one are left out. */
export async function listContacts(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
): Promise<StoredContact[]> {
  const rows = await readRows(
    reader,
    `select id::text as "rowId", unit_id::text as "unitId", name, position, phone_cipher as "phoneCipher",
       valid_from::text as "validFrom"
     from unit_contact where unit_id = any($1::uuid[]) and superseded_at is null and valid_from <= $2::date
       and (valid_to is null or valid_to > $2::date)`,
    [[...unitIds], day],
  );
  return z.array(contactRow).parse(rows);
}

/** Whoever writes a unit's contact comes one after the other. */
export async function lockUnit(tx: Tx, unitId: string): Promise<void> {
  await tx.$queryRaw`select id::text from unit where id = ${unitId}::uuid for no key update`;
}

export interface NewContact {
  readonly unitId: string;
  readonly name: string;
  readonly position: string | null;
  readonly phoneCipher: Buffer;
}

/** From `day` on this is the contact; the row before it is cut there. */
export async function replaceContact(
  tx: Tx,
  contact: NewContact,
  when: { readonly day: Day; readonly at: Date; readonly actorId: string | null },
): Promise<void> {
  const { day, at, actorId } = when;
  const before = z.array(z.object({ id: z.string(), validFrom: z.string() })).parse(
    await tx.$queryRaw`
        select id::text, valid_from::text as "validFrom" from unit_contact
        where unit_id = ${contact.unitId}::uuid and superseded_at is null and (valid_to is null or valid_to > ${day}::date)`,
  );
  for (const row of before) {
    if (row.validFrom < day)
      await tx.$executeRaw`
        insert into unit_contact (id, unit_id, name, position, phone_cipher, valid_from, valid_to, recorded_by, recorded_at)
        select ${newId<'UnitContact'>()}::uuid, unit_id, name, position, phone_cipher, valid_from, ${day}::date,
          ${actorId}::uuid, ${at} from unit_contact where id = ${row.id}::uuid`;
    await tx.$executeRaw`update unit_contact set superseded_at = ${at} where id = ${row.id}::uuid`;
  }
  await tx.$executeRaw`
    insert into unit_contact (id, unit_id, name, position, phone_cipher, valid_from, recorded_by, recorded_at)
    values (${newId<'UnitContact'>()}::uuid, ${contact.unitId}::uuid, ${contact.name}, ${contact.position},
      ${new Uint8Array(contact.phoneCipher)}, ${day}::date, ${actorId}::uuid, ${at})`;
}
