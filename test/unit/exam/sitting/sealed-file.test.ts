import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  OWN_HEADER,
  PAGE_HEADER,
  attemptOfPath,
  isTooOld,
  judgePage,
  judgeRedirect,
  stamped,
} from '#app/exam/sitting/client/page-copies.ts';
import type { SealedFile } from '#app/exam/sitting/sealed/sealed-file.ts';
import { openSealed, sealAnswers } from '#app/exam/sitting/sealed/sealed-file.ts';
import { outcomeWords } from '#app/exam/sitting/sealed/sealed-words.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const ATTEMPT = '01930000-0000-7000-8000-000000000001';
const EVENTS = [{ epoch: 1, seq: 3, position: 7, choice: 'AC', clientTime: null }];

async function anInstallation() {
  const pair = await webcrypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  return { key: pair.privateKey, publicKey: raw.toString('base64url') };
}

const seal = (publicKey: string): Promise<SealedFile> =>
  sealAnswers(ATTEMPT, { keyId: 'k', publicKey, proof: 'p' }, { epoch: 1, events: EVENTS });

describe('a sealed answer file', () => {
  it('is read by the installation whose key it was made for, and by nobody else', async () => {
    const [ours, other] = [await anInstallation(), await anInstallation()];
    const file = await seal(ours.publicKey);
    // With its quotes: letters alone turn up in any cipher text.
    expect(JSON.stringify(file)).not.toMatch(/"(AC|choice|events)"/);
    const plain = await openSealed(file, ours.key);
    expect(JSON.parse(plain ?? '')).toEqual({ proof: 'p', epoch: 1, events: EVENTS });
    expect(await openSealed(file, other.key)).toBeNull();
  });

  it('is never the same twice', async () => {
    const { publicKey } = await anInstallation();
    const [one, two] = [await seal(publicKey), await seal(publicKey)];
    expect(one.data).not.toBe(two.data);
    expect(one.ephemeralKey).not.toBe(two.ephemeralKey);
  });

  it.each<[string, (file: SealedFile) => SealedFile]>([
    ['is cut', (file) => ({ ...file, data: file.data.slice(0, -8) })],
    [
      'was altered',
      (file) => ({
        ...file,
        data: `A${file.data.slice(1)}` === file.data ? `B${file.data.slice(1)}` : `A${file.data.slice(1)}`,
      }),
    ],
    ['is passed off as another attempt’s', (file) => ({ ...file, attemptId: ATTEMPT.replace(/1$/, '2') })],
    ['names another key', (file) => ({ ...file, keyId: 'other' })],
    ['has no point of the curve', (file) => ({ ...file, ephemeralKey: 'AAAA' })],
    ['is no base64', (file) => ({ ...file, nonce: '§' })],
  ])('that %s is not read', async (_, spoil) => {
    const { key, publicKey } = await anInstallation();
    expect(await openSealed(spoil(await seal(publicKey)), key)).toBeNull();
  });

  it('says how its answers stand, naming only what there is', () => {
    const none = { counted: 0, late: 0, foreign: 0, afterHandIn: 0, conflicts: 0, notOnPaper: 0 };
    expect(outcomeWords(none)).toBe('无');
    expect(outcomeWords({ ...none, counted: 12, late: 3 })).toBe('按时 12、逾时 3');
  });
});

describe('the paper’s copy on the device', () => {
  it.each<[number, string | null, string]>([
    [200, 'room', 'renew'],
    [200, null, 'drop'],
    [404, null, 'drop'],
    [403, null, 'drop'],
    [500, null, 'use_copy'],
    [503, 'room', 'use_copy'],
  ])('after the server’s own status %i and page %s: %s', (status, page, verdict) => {
    const headers = new Headers({ [OWN_HEADER]: '1', ...(page ? { [PAGE_HEADER]: page } : {}) });
    expect(judgePage(status, headers)).toBe(verdict);
  });

  it.each([200, 403, 404, 413, 429, 502])(
    'stays when a gateway answers %i with a page of its own',
    (status) => {
      expect(judgePage(status, new Headers())).toBe('use_copy');
    },
  );

  it('goes when the server leads elsewhere, and stays when a gateway does', () => {
    const origin = 'https://zhifa.example';
    expect(judgeRedirect(`${origin}/login?to=%2Fattempts`, origin)).toBe('drop');
    expect(judgeRedirect('https://gateway.example/blocked', origin)).toBe('use_copy');
    expect(judgeRedirect(null, origin)).toBe('use_copy');
  });

  it('is kept of the exam page alone', () => {
    expect(attemptOfPath(`/attempts/${ATTEMPT}`)).toBe(ATTEMPT);
    for (const path of [
      `/attempts/${ATTEMPT}/result`,
      '/attempts/start',
      `/attempts/${ATTEMPT}/answers`,
      '/exams',
    ])
      expect(attemptOfPath(path)).toBeNull();
  });

  it('survives clocks that jump by hours and ends after three days', async () => {
    const now = Date.parse('2026-11-23T01:00:00.000Z');
    const kept = await stamped(new Response('page', { headers: { 'Content-Encoding': 'gzip' } }), now);
    expect(kept.headers.get('Content-Encoding')).toBeNull();
    for (const hours of [-30, 0, 30]) expect(isTooOld(kept, now + hours * 3_600_000)).toBe(false);
    for (const hours of [-80, 80]) expect(isTooOld(kept, now + hours * 3_600_000)).toBe(true);
    expect(isTooOld(new Response('page'), now)).toBe(true);
  });
});
