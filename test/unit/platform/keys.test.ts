import { describe, expect, it } from 'vitest';
import { createSecrets, randomToken } from '#app/platform/secret/keys.server.ts';

const secrets = createSecrets('a-secret-of-at-least-thirty-two-characters');
const other = createSecrets('another-secret-of-thirty-two-characters!!');

describe('derived keys', () => {
  it('decrypt what they encrypted, and only in the same place', () => {
    const sealed = secrets.encrypt('field_encryption', Buffer.from('990001199001010010'), 'person:1');
    expect(secrets.decrypt('field_encryption', sealed, 'person:1').toString()).toBe('990001199001010010');
    expect(() => secrets.decrypt('field_encryption', sealed, 'person:2')).toThrow();
    expect(() => secrets.decrypt('import_file', sealed, 'person:1')).toThrow();
    expect(() => other.decrypt('field_encryption', sealed, 'person:1')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => secrets.decrypt('field_encryption', sealed, 'person:1')).toThrow();
  });

  it('never give the same ciphertext twice, always the same lookup hash', () => {
    const plain = Buffer.from('x');
    expect(
      secrets.encrypt('field_encryption', plain, 'a').equals(secrets.encrypt('field_encryption', plain, 'a')),
    ).toBe(false);
    expect(secrets.lookupHash('id_number_lookup', '1')).toEqual(secrets.lookupHash('id_number_lookup', '1'));
    expect(secrets.lookupHash('id_number_lookup', '1')).not.toEqual(
      other.lookupHash('id_number_lookup', '1'),
    );
  });

  it('refuse a short secret and differ in their key check', () => {
    expect(() => createSecrets('short')).toThrow('APP_SECRET');
    expect(secrets.keyCheck).not.toBe(other.keyCheck);
  });
});

describe('random tokens', () => {
  it('have 26 characters without look-alikes and do not repeat', () => {
    const tokens = Array.from({ length: 2_000 }, randomToken);
    expect(tokens.every((token) => /^[023456789abcdefghjkmnpqrstuvwxyz]{26}$/.test(token))).toBe(true);
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
