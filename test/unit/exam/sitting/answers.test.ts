import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOICE_PATTERN, choiceOf, toggled } from '#app/exam/sitting/choice.ts';
import type { JournalEvent } from '#app/exam/sitting/fold.ts';
import { foldAnswers } from '#app/exam/sitting/fold.ts';
import { eventsOfForm, readForm } from '#app/exam/sitting/form-answers.ts';
import { afterAct, ticketNo } from '#app/exam/sitting/registration.ts';
import { letterOfKey } from '#app/exam/sitting/ui/use-room-keys.ts';

const event = (
  epoch: number,
  seq: number,
  position: number,
  choice: string,
  more: Partial<JournalEvent> = {},
) => ({
  epoch,
  seq,
  position,
  choice,
  standing: 'counted' as const,
  ...more,
});

describe('the fold of answer events', () => {
  it.each<[string, JournalEvent[], [number, string][]]>([
    ['nothing', [], []],
    ['the last number of a position', [event(1, 1, 1, 'A'), event(1, 2, 1, 'B')], [[1, 'B']]],
    ['numbers, not arrival', [event(1, 5, 1, 'B'), event(1, 2, 1, 'A')], [[1, 'B']]],
    ['the later epoch before any number', [event(2, 1, 1, 'C'), event(1, 99, 1, 'A')], [[1, 'C']]],
    ['an answer taken back', [event(1, 1, 1, 'A'), event(1, 2, 1, '')], []],
    ['late', [event(1, 1, 1, 'A'), event(1, 2, 1, 'B', { standing: 'late' })], [[1, 'A']]],
    ['foreign', [event(1, 1, 1, 'A'), event(2, 1, 1, 'B', { standing: 'foreign' })], [[1, 'A']]],
    ['after hand-in', [event(1, 1, 1, 'A', { standing: 'after_hand_in' })], []],
  ])('of %s', (_name, events, expected) => {
    expect([...foldAnswers(events)]).toEqual(expected);
  });

  it('does not depend on the order in which events arrived', () => {
    const events = fc.uniqueArray(
      fc.record({
        epoch: fc.integer({ min: 1, max: 3 }),
        seq: fc.integer({ min: 1, max: 20 }),
        position: fc.integer({ min: 1, max: 5 }),
        choice: fc.constantFrom('', 'A', 'B', 'AC'),
        standing: fc.constantFrom('counted' as const, 'late' as const, 'foreign' as const),
      }),
      { selector: (one) => `${one.epoch}.${one.seq}` },
    );
    fc.assert(
      fc.property(events, fc.integer(), (all, rotate) => {
        const at = all.length > 0 ? Math.abs(rotate) % all.length : 0;
        const other = [...all.slice(at), ...all.slice(0, at)].reverse();
        expect(new Map([...foldAnswers(other)].sort())).toEqual(new Map([...foldAnswers(all)].sort()));
      }),
    );
  });
});

describe('a choice', () => {
  it('is the same whatever the order of the ticks', () => {
    expect(choiceOf(['C', 'A', 'C'])).toBe('AC');
    expect(toggled('AC', 'B', true)).toBe('ABC');
    expect(toggled('ABC', 'B', true)).toBe('AC');
    expect(toggled('A', 'A', true)).toBe('');
    expect(toggled('A', 'B', false)).toBe('B');
  });
  it.each(['', 'A', 'E', 'ACE', 'ABCDE', 'T', 'F'])('may read “%s”', (text) => {
    expect(CHOICE_PATTERN.test(text)).toBe(true);
  });
  it.each(['a', 'BA', 'AA', 'G', 'TF', 'A ', 'T\n', '正确', 'A\u0000'])('may not read “%s”', (text) => {
    expect(CHOICE_PATTERN.test(text)).toBe(false);
  });
});

describe('the plain form of the exam page', () => {
  const form = (fields: readonly (readonly [string, string])[]): FormData => {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    return data;
  };
  it('reads radio buttons, check boxes and blanks, and leaves out what is no answer', () => {
    const posted = readForm(
      form([
        ['q1', 'B'],
        ['q2', 'C'],
        ['q2', 'A'],
        ['q4', 'x'],
        ['q9', 'A'],
      ]),
      [1, 2, 3, 4],
    );
    expect([...posted]).toEqual([
      [1, 'B'],
      [2, 'AC'],
      [3, ''],
    ]);
  });
  it('becomes events for what has changed since it was rendered', () => {
    const journal = [event(1, 1, 1, 'A'), event(1, 2, 2, 'AC')];
    const posted = new Map([
      [1, 'B'],
      [2, 'AC'],
      [3, 'T'],
      [4, ''],
    ]);
    expect(eventsOfForm(posted, journal, { epoch: 1, seq: 3 })).toEqual([
      { epoch: 1, seq: 3, position: 1, choice: 'B', clientTime: null },
      { epoch: 1, seq: 5, position: 3, choice: 'T', clientTime: null },
    ]);
  });
  it('gives the same events when it is sent twice', () => {
    const posted = new Map([
      [1, 'B'],
      [2, 'C'],
    ]);
    const issued = { epoch: 1, seq: 1 };
    const first = eventsOfForm(posted, [], issued);
    const journal = first.map((one) => ({ ...one, standing: 'counted' as const }));
    expect(eventsOfForm(posted, journal, issued)).toEqual(first);
  });
});

describe('the keys of the exam page', () => {
  const single = {
    position: 1,
    type: 'single' as const,
    stem: '',
    options: ['A', 'B', 'C', 'D'].map((letter) => ({ letter, text: letter })),
    markHundredths: 100,
  };
  const trueFalse = { ...single, type: 'true_false' as const, options: [] };
  it.each([
    [single, 'Digit1', 'A'],
    [single, 'Numpad4', 'D'],
    [single, 'KeyC', 'C'],
    [single, 'Digit5', null],
    [single, 'KeyE', null],
    [single, 'KeyT', null],
    [single, 'Enter', null],
    [trueFalse, 'Digit1', 'T'],
    [trueFalse, 'Digit2', 'F'],
    [trueFalse, 'KeyT', 'T'],
    [trueFalse, 'KeyF', 'F'],
    [trueFalse, 'KeyA', null],
  ])('%o %s → %s', (item, code, expected) => {
    expect(letterOfKey(item, code)).toBe(expected);
  });
});

describe('a registration', () => {
  it('goes the ways it may and no other', () => {
    const acts = ['approve', 'return', 'register_again', 'withdraw'] as const;
    const table = (['registered', 'approved', 'returned', 'withdrawn'] as const).map((status) =>
      acts.map((act) => afterAct(status, act)),
    );
    expect(table).toEqual([
      ['approved', 'returned', null, 'withdrawn'],
      [null, 'returned', null, 'withdrawn'],
      [null, null, 'registered', 'withdrawn'],
      [null, null, 'registered', null],
    ]);
  });
  it('carries a ticket number of year, region, sitting and serial', () => {
    expect(ticketNo(2026, '990100', 3, 42)).toBe('20269901000300042');
  });
});
