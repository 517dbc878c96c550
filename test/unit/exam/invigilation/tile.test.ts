import { describe, expect, it } from 'vitest';
import type { Condition, Tile } from '#app/exam/invigilation/tile.ts';
import {
  SILENT_MS,
  conditionOf,
  countConditions,
  filterTiles,
  holdOrder,
  timeLeftMs,
  worstFirst,
} from '#app/exam/invigilation/tile.ts';

const NOW = 10_000_000;
const moment = { nowMs: NOW, latestEntryAtMs: NOW + 1 };
const running: Tile = {
  registrationId: 'a',
  attemptId: 't',
  roomId: 'r',
  roomNo: 1,
  seatNo: 1,
  name: '张某',
  unitName: '某局',
  ticketNo: '202600010001',
  admittedAtMs: NOW - 1,
  state: 'in_progress',
  isHandedIn: false,
  answered: 3,
  itemCount: 80,
  startedAtMs: NOW - 60_000,
  deadlineAtMs: NOW + 60_000,
  pausedAtMs: null,
  heardAtMs: NOW,
  epoch: 1,
  isReleased: false,
  focusLosses: 0,
  gaps: 0,
  marks: 0,
  incidents: 0,
};
const tile = (change: Partial<Tile>): Tile => ({ ...running, ...change });

describe('how a candidate stands', () => {
  it.each<[string, Partial<Tile>, Condition]>([
    ['works', {}, 'running'],
    ['was heard just within the limit', { heardAtMs: NOW - SILENT_MS }, 'running'],
    ['was not heard for longer', { heardAtMs: NOW - SILENT_MS - 1 }, 'silent'],
    ['rests, however long silent', { pausedAtMs: NOW - 1, heardAtMs: 0 }, 'paused'],
    ['left the page', { focusLosses: 1 }, 'noticed'],
    ['moved to another device', { epoch: 2 }, 'noticed'],
    ['waits for the bell, however silent', { startedAtMs: NOW + 1, heardAtMs: 0 }, 'waiting'],
    ['has not come', { state: 'none', admittedAtMs: null }, 'expected'],
    ['is let in', { state: 'none' }, 'admitted'],
    ['has ended', { state: 'finalised', heardAtMs: 0 }, 'ended'],
    ['is void', { state: 'void' }, 'void'],
  ])('who %s', (_, change, condition) => {
    expect(conditionOf(tile(change), moment)).toBe(condition);
  });

  it('is absent from the moment on when nobody enters any more', () => {
    const late = { nowMs: NOW, latestEntryAtMs: NOW - 1 };
    expect(conditionOf(tile({ state: 'none' }), late)).toBe('absent');
  });

  it('has the same time left all through a pause', () => {
    const paused = tile({ pausedAtMs: NOW });
    expect(timeLeftMs(paused, NOW)).toBe(60_000);
    expect(timeLeftMs(paused, NOW + 3_600_000)).toBe(60_000);
    expect(timeLeftMs(running, NOW + 3_600_000)).toBe(0);
  });
});

describe('the board', () => {
  const tiles = [
    tile({ registrationId: 'ended', state: 'finalised' }),
    tile({ registrationId: 'running' }),
    tile({ registrationId: 'short silence', heardAtMs: NOW - 70_000 }),
    tile({ registrationId: 'marked', marks: 2 }),
    tile({ registrationId: 'long silence', heardAtMs: NOW - 700_000 }),
    tile({ registrationId: 'paused', pausedAtMs: NOW - 5 }),
  ];
  const ids = (list: readonly Tile[]): string[] => list.map((one) => one.registrationId);

  it('shows the worst first, the longest silent before all', () => {
    expect(ids(worstFirst(tiles, moment))).toEqual([
      'long silence',
      'short silence',
      'paused',
      'marked',
      'running',
      'ended',
    ]);
  });

  it('counts everybody once', () => {
    const counts = countConditions(tiles, moment);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(tiles.length);
    expect(counts).toMatchObject({ silent: 2, paused: 1, noticed: 1, running: 1, ended: 1 });
  });

  it('filters by room, state and words', () => {
    const filter = { roomId: null, condition: null, q: '' };
    expect(filterTiles(tiles, { ...filter, condition: 'silent' }, moment)).toHaveLength(2);
    expect(filterTiles(tiles, { ...filter, roomId: 'other' }, moment)).toEqual([]);
    expect(filterTiles(tiles, { ...filter, q: '1-01' }, moment)).toHaveLength(tiles.length);
    expect(filterTiles(tiles, { ...filter, q: '李' }, moment)).toEqual([]);
  });

  it('keeps tiles in their places while somebody is about to click, and takes new ones behind them', () => {
    const held = holdOrder(['running', 'gone', 'paused'], tiles);
    expect(ids(held).slice(0, 2)).toEqual(['running', 'paused']);
    expect(held).toHaveLength(tiles.length);
  });
});
