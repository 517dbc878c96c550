import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_ALPHABET, CODE_LENGTH, makeAccessCode, normaliseCode } from '#app/exam/seating/access-code.ts';
import type { GateFacts } from '#app/exam/seating/gate.ts';
import { asksForCode, decideGate } from '#app/exam/seating/gate.ts';
import { isInRanges, parseIpRange, readIpRanges } from '#app/exam/seating/ip-range.ts';

const NOW = new Date('2026-11-24T01:00:00Z');
const facts = (more: Partial<GateFacts> = {}): GateFacts => ({
  placeMode: 'rooms',
  isSeated: true,
  needsAccessCode: true,
  roomCode: 'K7M4QX',
  givenCode: 'K7M4QX',
  codeBlockedSeconds: null,
  admittedAt: null,
  ip: '10.1.2.30',
  ranges: ['10.1.2.0/24'],
  now: NOW,
  checkInFrom: new Date('2026-11-24T00:30:00Z'),
  ...more,
});

describe('the gate of an exam room', () => {
  it.each([
    ['opens with the code, on the network, in time', {}, null],
    ['asks for a seat in rooms', { isSeated: false }, 'SEAT_NOT_GIVEN'],
    ['asks for no seat at a distance', { isSeated: false, placeMode: 'remote' }, null],
    ['is closed before check-in', { now: new Date('2026-11-24T00:29:59.999Z') }, 'CHECK_IN_NOT_OPEN'],
    ['opens with the instant of check-in', { now: new Date('2026-11-24T00:30:00Z') }, null],
    ['is closed to another network', { ip: '10.1.3.1' }, 'WRONG_NETWORK'],
    ['is closed to a machine without an address', { ip: null }, 'WRONG_NETWORK'],
    ['lets every network through where none is named', { ip: null, ranges: [] }, null],
    ['misses the code', { givenCode: ' ' }, 'ACCESS_CODE_MISSING'],
    ['refuses another code', { givenCode: 'K7M4QY' }, 'ACCESS_CODE_WRONG'],
    ['takes the code in small letters with a blank', { givenCode: 'k7m 4qx' }, null],
    ['takes full-width characters', { givenCode: 'Ｋ７Ｍ４ＱＸ' }, null],
    ['takes the invigilator’s admission for the code', { givenCode: null, admittedAt: NOW }, null],
    ['does not take it for the network', { ip: '10.9.9.9', admittedAt: NOW }, 'WRONG_NETWORK'],
    ['without a code opens by admission only', { roomCode: null }, 'ADMISSION_NEEDED'],
    ['refuses a right code after too many wrong ones', { codeBlockedSeconds: 120 }, 'CODE_TRIES_USED_UP'],
    [
      'takes the invigilator’s admission also then',
      { codeBlockedSeconds: 120, givenCode: null, admittedAt: NOW },
      null,
    ],
    ['asks for no code where none is needed', { needsAccessCode: false, givenCode: null }, null],
  ] as const)('%s', (_, more, expected) => {
    expect(decideGate(facts(more))).toBe(expected);
  });

  it('tells the page beforehand whether a code will be asked for', () => {
    const known = { needsAccessCode: true, hasRoomCode: true, admittedAt: null };
    expect(asksForCode(known)).toBe(true);
    expect(asksForCode({ ...known, admittedAt: NOW })).toBe(false);
    expect(asksForCode({ ...known, needsAccessCode: false })).toBe(false);
    expect(asksForCode({ ...known, hasRoomCode: false })).toBe(false);
  });
});

describe('开考口令', () => {
  it('has six characters none of which is taken for another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), (n) => {
        const code = makeAccessCode((bound) => n % bound);
        expect(code).toHaveLength(CODE_LENGTH);
        expect(normaliseCode(code.toLowerCase())).toBe(code);
      }),
    );
    for (const character of '0O1IL2Z5S8B') expect(CODE_ALPHABET).not.toContain(character);
  });
});

describe('networks of a room', () => {
  it.each([
    ['10.1.2.0/24', '10.1.2.255', true],
    ['10.1.2.0/24', '10.1.3.0', false],
    ['10.1.2.7/24', '10.1.2.1', true],
    ['10.1.2.10-10.1.2.60', '10.1.2.60', true],
    ['10.1.2.10-10.1.2.60', '10.1.2.61', false],
    ['10.1.2.7', '10.1.2.7', true],
    ['10.1.2.7', '::ffff:10.1.2.7', true],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:db9::5', false],
    ['::1', '::1', true],
    ['0.0.0.0/0', '::1', false],
  ])('%s and %s: %s', (range, address, expected) => {
    expect(isInRanges(address, [range])).toBe(expected);
  });

  it.each([
    '10.1.2',
    '10.1.2.256',
    '10.1.2.0/33',
    '10.1.2.9-10.1.2.1',
    '10.1.2.1-::1',
    'abc',
    ':::',
    '1::2::3',
    '',
  ])('does not read %j', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  it('reads what people type and names the first that is wrong', () => {
    expect(readIpRanges('10.1.2.0/24，10.1.3.1 - 10.1.3.9\n::1')).toEqual({
      ranges: ['10.1.2.0/24', '10.1.3.1-10.1.3.9', '::1'],
      wrong: null,
    });
    expect(readIpRanges('10.1.2.0/24 机房')).toMatchObject({ wrong: '机房' });
  });

  it('every address of IPv4 lies in the block it names', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        expect(isInRanges(address, [`${address}/${prefix}`])).toBe(true);
      }),
    );
  });
});
