import { describe, expect, it } from 'vitest';
import type { BellBody } from '#app/exam/ahead/bell.ts';
import { askBellOver } from '#app/exam/ahead/client/http-bell.ts';

const BELL: BellBody = {
  ...{ state: 'waiting', serverNowMs: 1, bellAtMs: 2, epoch: 1, lockNo: 'AB12CD', key: null },
  ...{ deadlineAtMs: 3, closeAtMs: 4, pausedAtMs: null, noticeNo: 0 },
};
const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const asked = (answer: () => Promise<Response>) => askBellOver({ fetch: answer }, 'attempt-1');

describe('asking for the bell', () => {
  it('hears the server, and asks at the attempt’s own address', async () => {
    const addresses: string[] = [];
    const fetch = (address: string): Promise<Response> => {
      addresses.push(address);
      return Promise.resolve(json(BELL));
    };
    expect(await askBellOver({ fetch }, 'attempt-1')).toEqual({ kind: 'bell', bell: BELL });
    expect(addresses).toEqual(['/attempts/attempt-1/bell']);
  });

  it('knows that the session has ended', async () => {
    expect(await asked(() => Promise.resolve(json({ code: 'NOT_SIGNED_IN' }, 401)))).toEqual({
      kind: 'signed_out',
    });
  });

  it.each([
    ['no network', () => Promise.reject(new TypeError('no network'))],
    ['a login page of a proxy', () => Promise.resolve(new Response('<html></html>'))],
    ['another shape', () => Promise.resolve(json({ ...BELL, state: 'rung' }))],
    ['no time', () => Promise.resolve(json({ ...BELL, serverNowMs: undefined }))],
    ['a database that is away', () => Promise.resolve(json(BELL, 503))],
  ])('learns nothing from %s', async (_, answer) => {
    expect(await asked(answer)).toEqual({ kind: 'failed' });
  });
});
