import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';

const masterRow = z.object({
  name: z.string(),
  sex: z.enum(['male', 'female']),
  birthMonth: z.string().nullable(),
  education: z.string().nullable(),
  hasLegalQualification: z.boolean(),
  idNumberMasked: z.string(),
  idNumberCipher: z.instanceof(Uint8Array).nullable(),
  phoneCipher: z.instanceof(Uint8Array).nullable(),
});
/** What the register holds of a person besides the places; ciphers stay closed but for comparing. */
export type MasterData = z.infer<typeof masterRow>;

export async function findMasterData(reader: Reader, personId: string): Promise<MasterData | null> {
  const rows = await readRows(
    reader,
    `select p.name, p.sex, p.birth_month as "birthMonth", p.education,
       p.legal_qualification as "hasLegalQualification", p.id_number_masked as "idNumberMasked",
       s.id_number_cipher as "idNumberCipher", s.phone_cipher as "phoneCipher"
     from person p left join person_secret s on s.person_id = p.id where p.id = $1::uuid`,
    [personId],
  );
  return z.array(masterRow).parse(rows)[0] ?? null;
}

/** @param hash hex of the keyed hash */
export async function findPersonByHash(tx: Tx, hash: string): Promise<string | null> {
  const rows = await tx.$queryRaw`select id::text from person where id_number_hash = decode(${hash}, 'hex')`;
  return z.array(z.object({ id: z.string() })).parse(rows)[0]?.id ?? null;
}

export interface NewMasterData {
  readonly name: string;
  readonly namePinyin: string;
  readonly nameInitials: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phoneCipher: Buffer | null;
  readonly keyId: string;
  /** Null while the ID number stays. */
  readonly identity: {
    readonly hash: string;
    readonly masked: string;
    readonly cipher: Buffer;
    readonly sex: 'male' | 'female';
    readonly birthMonth: string;
  } | null;
}

/** Writes the present projection of a person. @returns the sex as it stands now */
export async function writeMasterData(
  tx: Tx,
  personId: string,
  next: NewMasterData,
): Promise<{ readonly sex: 'male' | 'female' }> {
  const { identity, phoneCipher, keyId } = next;
  const rows = await tx.$queryRaw`
    update person set name = ${next.name}, name_pinyin = ${next.namePinyin}, name_initials = ${next.nameInitials},
      education = ${next.education}, legal_qualification = ${next.hasLegalQualification},
      sex = coalesce(${identity?.sex ?? null}, sex), birth_month = coalesce(${identity?.birthMonth ?? null}, birth_month),
      id_number_hash = coalesce(decode(${identity?.hash ?? null}, 'hex'), id_number_hash),
      id_number_masked = coalesce(${identity?.masked ?? null}, id_number_masked)
    where id = ${personId}::uuid returning sex`;
  const phone = phoneCipher === null ? null : new Uint8Array(phoneCipher);
  if (identity !== null) {
    const idNumberCipher = new Uint8Array(identity.cipher);
    await tx.personSecret.upsert({
      where: { personId },
      create: { personId, idNumberCipher, phoneCipher: phone, keyId },
      update: { idNumberCipher, phoneCipher: phone, keyId },
    });
  } else {
    await tx.personSecret.updateMany({ where: { personId }, data: { phoneCipher: phone } });
  }
  const [row] = z.array(z.object({ sex: z.enum(['male', 'female']) })).parse(rows);
  invariant(row, 'the person is locked and there');
  return { sex: row.sex };
}
