import { describe, expect, it } from 'vitest';
import { secondOf } from '#app/training/ledger/interval.ts';
import { makersByDay } from '#app/training/session/sealed-credit.ts';

const at = (text: string): number => secondOf(new Date(`${text}:00+08:00`));
const block = (id: string, from: string, to: string) => ({ id, interval: { from: at(from), to: at(to) } });

const BLOCKS = [
  block('morning', '2025-12-30T09:00', '2025-12-30T12:00'),
  block('afternoon', '2025-12-30T14:00', '2025-12-30T17:00'),
  block('night', '2025-12-31T23:00', '2026-01-01T01:00'),
];
const mark = (personId: string, blockId: string, accountId: string) => ({ personId, blockId, accountId });

describe('who stands as the recorder of an entry in a sealed year (two persons)', () => {
  it('is whoever noted the attendance of that day last, each day for itself', () => {
    const makers = makersByDay(
      [mark('li', 'afternoon', 'first'), mark('li', 'night', 'second'), mark('li', 'morning', 'third')],
      BLOCKS,
    );
    expect([...(makers.get('li') ?? [])]).toEqual([
      ['2025-12-30', 'third'],
      ['2025-12-31', 'second'],
      ['2026-01-01', 'second'],
    ]);
  });

  it('is each person’s own, and nobody where nothing was noted', () => {
    const makers = makersByDay([mark('li', 'morning', 'first'), mark('wang', 'morning', 'second')], BLOCKS);
    expect([...makers].map(([person, days]) => [person, [...days.values()]])).toEqual([
      ['li', ['first']],
      ['wang', ['second']],
    ]);
    expect(makersByDay([], BLOCKS).size).toBe(0);
  });
});
