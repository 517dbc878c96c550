import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeNo, contentKeyOf, lockOf, openingCode } from '#app/exam/ahead/ahead-keys.server.ts';
import type { Envelope } from '#app/exam/ahead/envelope.ts';
import { LOCK_ITERATIONS, openEnvelope, sealEnvelope, unlockEnvelope } from '#app/exam/ahead/envelope.ts';
import {
  OPENING_CODE_DIGITS,
  groupedOpeningCode,
  openingCodeOf,
  readOpeningCode,
} from '#app/exam/ahead/opening-code.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { toBase64url } from '#app/platform/text/base64url.ts';

const secrets = createSecrets('a secret of the installation for tests, long enough');
const place = {
  releaseId: 'release-1',
  roomId: 'room-1',
  opensAt: new Date('2026-11-23T01:00:00.000Z'),
};
const mine = { attemptId: 'attempt-1', epoch: 1, paperHash: 'hash-1' };
const PAGE = JSON.stringify({ 试卷: '第一题　行政处罚的种类' });

const seal = async (of = mine, where = place): Promise<Envelope> =>
  sealEnvelope(of, PAGE, contentKeyOf(secrets, of), await lockOf(secrets, where));
const keyOf = (of = mine): string => toBase64url(contentKeyOf(secrets, of));

describe('开卷口令', () => {
  it('is twenty digits from any bytes, in groups of four, and is read back however it was typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), (bytes) => {
        const code = openingCodeOf(bytes);
        expect(code).toMatch(/^\d{20}$/);
        const grouped = groupedOpeningCode(code);
        expect(grouped.split(' ').map((group) => group.length)).toEqual([4, 4, 4, 4, 4]);
        expect(readOpeningCode(` ${grouped.replaceAll(' ', '－')} `.normalize('NFKC'))).toBe(code);
        const wide = [...grouped].map((char) =>
          char === ' ' ? '　' : String.fromCharCode(0xfee0 + char.charCodeAt(0)),
        );
        expect(readOpeningCode(wide.join(''))).toBe(code);
      }),
    );
  });

  it.each(['', '1234', '4071 9320 5518 2746 009', '4071 9320 5518 2746 00933', '4071 9320 5518 2746 00X3'])(
    'is not “%s”',
    (typed) => expect(readOpeningCode(typed)).toBeNull(),
  );

  it('carries at least sixty bits and is derived slowly', () => {
    expect(Math.log2(10 ** OPENING_CODE_DIGITS)).toBeGreaterThan(60);
    expect(LOCK_ITERATIONS).toBeGreaterThanOrEqual(600_000);
  });

  it('differs for every room, every release and every date, under a number that says nothing of it', () => {
    const others = [
      { ...place, roomId: 'room-2' },
      { ...place, releaseId: 'release-2' },
      { ...place, opensAt: new Date('2026-11-24T01:00:00.000Z') },
    ];
    const codes = [place, ...others].map((one) => openingCode(secrets, one));
    expect(new Set(codes).size).toBe(4);
    expect(new Set([place, ...others].map(codeNo)).size).toBe(4);
    expect(openingCode(createSecrets('another installation with another secret'), place)).not.toBe(codes[0]);
    expect(openingCode(secrets, place)).toBe(codes[0]);
    expect(codeNo(place)).toMatch(/^[0-9A-F]{6}$/);
  });
});

describe('the envelope', () => {
  it('opens with the key the server gives at the bell, and shows nothing of the paper before', async () => {
    const envelope = await seal();
    expect(JSON.stringify(envelope)).not.toContain('试卷');
    expect(await openEnvelope(envelope, keyOf())).toBe(PAGE);
  });

  it('opens with the code of its room alone', async () => {
    const envelope = await seal();
    const key = await unlockEnvelope(envelope, openingCode(secrets, place));
    expect(key).toBe(keyOf());
    const next = { ...place, roomId: 'room-2' };
    expect(await unlockEnvelope(envelope, openingCode(secrets, next))).toBeNull();
    expect(await unlockEnvelope(await seal(mine, next), openingCode(secrets, next))).toBe(keyOf());
  });

  it('is of no use to another candidate, on another device or for another paper', async () => {
    const envelope = await seal();
    for (const other of [
      { ...mine, attemptId: 'attempt-2' },
      { ...mine, epoch: 2 },
      { ...mine, paperHash: 'hash-2' },
    ])
      expect(await openEnvelope(envelope, keyOf(other))).toBeNull();
    // Passed off as another's, even the right key opens nothing.
    expect(await openEnvelope({ ...envelope, attemptId: 'attempt-2' }, keyOf())).toBeNull();
    expect(await openEnvelope({ ...envelope, epoch: 2 }, keyOf())).toBeNull();
  });

  it('refuses to open when any part of it was changed', async () => {
    const envelope = await seal();
    const { lock } = envelope;
    if (!lock) throw new Error('a room locks it');
    const code = openingCode(secrets, place);
    const turned = (text: string, at: number): string =>
      text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);
    for (const at of [0, 7, envelope.data.length >> 1]) {
      expect(await openEnvelope({ ...envelope, data: turned(envelope.data, at) }, keyOf())).toBeNull();
      expect(await openEnvelope({ ...envelope, nonce: turned(envelope.nonce, at % 16) }, keyOf())).toBeNull();
    }
    expect(await openEnvelope({ ...envelope, data: envelope.data.slice(0, 40) }, keyOf())).toBeNull();
    expect(await openEnvelope({ ...envelope, data: '###' }, keyOf())).toBeNull();
    expect(await openEnvelope(envelope, '###')).toBeNull();
    const broken = { ...envelope, lock: { ...lock, wrapped: turned(lock.wrapped, 3) } };
    expect(await unlockEnvelope(broken, code)).toBeNull();
    for (const unreadable of [{ salt: '###' }, { iterations: 0 }, { iterations: Number.NaN }])
      expect(await unlockEnvelope({ ...envelope, lock: { ...lock, ...unreadable } }, code)).toBe('damaged');
  });

  it('without a room has no code at all', async () => {
    const envelope = await sealEnvelope(mine, PAGE, contentKeyOf(secrets, mine), null);
    expect(envelope.lock).toBeNull();
    expect(await unlockEnvelope(envelope, openingCode(secrets, place))).toBeNull();
    expect(await openEnvelope(envelope, keyOf())).toBe(PAGE);
  });
});
