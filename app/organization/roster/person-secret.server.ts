import type { Secrets } from '#app/platform/secret/keys.server.ts';

/** What binds a ciphertext to its row and column: it cannot be moved to another person or read as another value. */
const idNumberContext = (personId: string): string => `person:${personId}:id_number`;
const phoneContext = (personId: string): string => `person:${personId}:phone`;

/** Keyed hash of an ID number, as text: the only way a person is looked up by number. */
export function idNumberHash(secrets: Secrets, idNumber: string): string {
  return secrets.lookupHash('id_number_lookup', idNumber).toString('hex');
}

export function sealIdNumber(secrets: Secrets, personId: string, idNumber: string): Buffer {
  return secrets.encrypt('field_encryption', Buffer.from(idNumber, 'utf8'), idNumberContext(personId));
}

/** For reveal commands only, which ask permission and reason and write the audit. */
export function openIdNumber(secrets: Secrets, personId: string, sealed: Uint8Array): string {
  return secrets.decrypt('field_encryption', Buffer.from(sealed), idNumberContext(personId)).toString('utf8');
}

export function sealPhone(secrets: Secrets, personId: string, phone: string): Buffer {
  return secrets.encrypt('field_encryption', Buffer.from(phone, 'utf8'), phoneContext(personId));
}

export function openPhone(secrets: Secrets, personId: string, sealed: Uint8Array): string {
  return secrets.decrypt('field_encryption', Buffer.from(sealed), phoneContext(personId)).toString('utf8');
}
