import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act } from '#app/exam/invigilation/act.ts';
import { ACT_KINDS } from '#app/exam/invigilation/act.ts';
import type { AttemptClock, ClockDecision } from '#app/exam/invigilation/clock-acts.ts';
import {
  decideExtension,
  decidePause,
  decideResume,
  remainingMs,
} from '#app/exam/invigilation/clock-acts.ts';
import type { ActCandidate, ActSitting } from '#app/exam/invigilation/decide-act.ts';
import { decideAct } from '#app/exam/invigilation/decide-act.ts';

const START = Date.parse('2026-11-23T01:00:00.000Z');
const at = (ms: number): Date => new Date(START + ms);
const MINUTE = 60_000;
const LENGTH = 90 * MINUTE;
const GRACE = 30_000;
const running: AttemptClock = { deadlineAt: at(LENGTH), closeAt: at(LENGTH + GRACE), pausedAt: null };
const free = { hardEndAt: at(LENGTH), mayPass: true };
const bound = { hardEndAt: at(LENGTH), mayPass: false };

function taken(decision: ClockDecision): AttemptClock {
  if (!decision.ok) throw new Error(decision.code);
  return decision.clock;
}

describe('pausing and going on', () => {
  it('gives exactly the paused time back, to the deadline and to the end of receiving', () => {
    const paused = taken(decidePause(running, at(10 * MINUTE + 1)));
    const after = taken(decideResume(paused, at(17 * MINUTE + 3), free));
    expect(after).toEqual({
      deadlineAt: at(LENGTH + 7 * MINUTE + 2),
      closeAt: at(LENGTH + GRACE + 7 * MINUTE + 2),
      pausedAt: null,
    });
  });

  it.each([
    [
      'a pause of a paused attempt',
      () => decidePause({ ...running, pausedAt: at(1) }, at(2)),
      'ALREADY_PAUSED',
    ],
    ['a pause without time left', () => decidePause(running, at(LENGTH)), 'TIME_IS_OVER'],
    ['going on without a pause', () => decideResume(running, at(1), free), 'NOT_PAUSED'],
    [
      'an extension after receiving has ended',
      () => decideExtension(running, at(LENGTH + GRACE + 1), 5, free),
      'TIME_IS_OVER',
    ],
    [
      'an extension past the hard end that nobody allowed',
      () => decideExtension(running, at(0), 1, bound),
      'BEYOND_HARD_END',
    ],
  ])('refuses %s', (_, decide, code) => {
    expect(decide()).toMatchObject({ ok: false, code });
  });

  it('stays paused when going on would pass the hard end, and says to when; a person may allow it', () => {
    const paused = taken(decidePause(running, at(MINUTE)));
    expect(decideResume(paused, at(3 * MINUTE), bound)).toEqual({
      ok: false,
      code: 'BEYOND_HARD_END',
      until: at(LENGTH + 2 * MINUTE),
    });
    expect(decideResume(paused, at(3 * MINUTE), free).ok).toBe(true);
  });

  it('extends in the grace, when receiving still goes on, and at any time of a pause', () => {
    expect(decideExtension(running, at(LENGTH + GRACE), 5, free).ok).toBe(true);
    const paused = taken(decidePause(running, at(LENGTH - 1)));
    expect(decideExtension(paused, at(LENGTH + 9 * GRACE), 5, free).ok).toBe(true);
  });

  it('leaves the sum of answering time unchanged by any sequence of pauses, and adds exactly what was given', () => {
    const step = fc.record({
      runMs: fc.integer({ min: 0, max: 40 * MINUTE }),
      pauseMs: fc.integer({ min: 0, max: 600 * MINUTE }),
      extendMinutes: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let clock = running;
        let now = 0;
        let answeredMs = 0;
        let givenMs = 0;
        for (const { runMs, pauseMs, extendMinutes } of steps) {
          const ranMs = Math.min(runMs, remainingMs(clock, at(now)));
          now += ranMs;
          answeredMs += ranMs;
          const paused = decidePause(clock, at(now));
          if (!paused.ok) break;
          expect(remainingMs(paused.clock, at(now + pauseMs))).toBe(remainingMs(clock, at(now)));
          const longer =
            extendMinutes > 0
              ? taken(decideExtension(paused.clock, at(now), extendMinutes, free))
              : paused.clock;
          givenMs += extendMinutes * MINUTE;
          now += pauseMs;
          clock = taken(decideResume(longer, at(now), free));
        }
        answeredMs += remainingMs(clock, at(now));
        expect(answeredMs).toBe(LENGTH + givenMs);
        expect(clock.closeAt.getTime() - clock.deadlineAt.getTime()).toBe(GRACE);
      }),
    );
  });

  it('never ends after the hard end unless somebody allowed it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 * MINUTE }), fc.integer({ min: 1, max: 60 })), {
          maxLength: 10,
        }),
        fc.integer({ min: 0, max: 120 * MINUTE }),
        (acts, slackMs) => {
          const end = { hardEndAt: at(LENGTH + slackMs), mayPass: false };
          let clock = running;
          let now = 0;
          for (const [pauseMs, minutes] of acts) {
            const paused = decidePause(clock, at(now));
            if (paused.ok) {
              now += pauseMs;
              const resumed = decideResume(paused.clock, at(now), end);
              if (resumed.ok) clock = resumed.clock;
            }
            const extended = decideExtension(clock, at(now), minutes, end);
            if (extended.ok) clock = extended.clock;
            expect(clock.deadlineAt.getTime()).toBeLessThanOrEqual(end.hardEndAt.getTime());
          }
        },
      ),
    );
  });
});

describe('an act on one candidate', () => {
  const attempt = { ...running, startedAt: at(0), state: 'in_progress', deviceReleasedAt: null };
  const sitting = { hardEndAt: at(LENGTH), needsDeviceRelease: true };
  type Stands = Omit<ActCandidate, 'isOwn'> & { readonly isOwn?: boolean };
  const decide = (act: Act, candidate: Stands, now = at(MINUTE), of: ActSitting = sitting) =>
    decideAct(act, { isOwn: false, ...candidate }, of, now);

  it.each([
    ['admit', { admittedAt: at(0), attempt: null }, 'ALREADY_ADMITTED'],
    ['withdraw_admission', { admittedAt: at(0), attempt }, 'ALREADY_STARTED'],
    ['withdraw_admission', { admittedAt: null, attempt: null }, 'NOT_ADMITTED'],
    ['pause', { admittedAt: null, attempt: null }, 'NOT_STARTED'],
    ['pause', { admittedAt: null, attempt: { ...attempt, state: 'finalised' } }, 'ATTEMPT_CLOSED'],
    ['end', { admittedAt: null, attempt: { ...attempt, state: 'void' } }, 'ATTEMPT_CLOSED'],
    [
      'release_device',
      { admittedAt: null, attempt: { ...attempt, deviceReleasedAt: at(0) } },
      'ALREADY_RELEASED',
    ],
  ] as const)('%s is left with its reason: %j', (kind, candidate, code) => {
    expect(decide({ kind }, candidate)).toEqual({ kind: 'left', code });
  });

  it.each(ACT_KINDS.filter((kind) => kind !== 'message'))(
    '%s is nobody’s own business: the own exam is left to others',
    (kind) => {
      const act = { kind, minutes: 10, mayPassHardEnd: true, text: '' } as Act;
      for (const own of [
        { admittedAt: null, attempt: null },
        { admittedAt: at(0), attempt },
      ])
        expect(decide(act, { ...own, isOwn: true })).toEqual({ kind: 'left', code: 'OWN_ATTEMPT' });
    },
  );

  it('a message to the room is told to everybody in it, also to who sends it', () => {
    const own = { isOwn: true, admittedAt: at(0), attempt };
    expect(decide({ kind: 'message', text: '还有三十分钟' }, own)).toEqual({ kind: 'note' });
  });

  it('a mark of an irregularity is written down after the end, too, and changes nothing', () => {
    const ended = { admittedAt: null, attempt: { ...attempt, state: 'finalised' } };
    expect(decide({ kind: 'mark_irregular' }, ended)).toEqual({ kind: 'note' });
  });

  it('a pause that begins while the bell is waited for takes no time, and gives back only what comes after the bell', () => {
    const waiting = { ...attempt, startedAt: at(2 * MINUTE) };
    const paused = decide({ kind: 'pause' }, { admittedAt: null, attempt: waiting });
    if (paused.kind !== 'clock') throw new Error(paused.kind);
    expect(paused.clock.pausedAt).toEqual(at(2 * MINUTE));
    const resume = { kind: 'resume', mayPassHardEnd: true } as const;
    const resting = { admittedAt: null, attempt: { ...waiting, ...paused.clock } };
    expect(decide(resume, resting, at(MINUTE + 1))).toMatchObject({ addedMs: 0 });
    expect(decide(resume, resting, at(5 * MINUTE))).toMatchObject({ addedMs: 3 * MINUTE });
  });

  it('a device is released only where the sitting asks for it', () => {
    const candidate = { admittedAt: null, attempt };
    const lax = { ...sitting, needsDeviceRelease: false };
    expect(decide({ kind: 'release_device' }, candidate, at(1), lax)).toEqual({
      kind: 'left',
      code: 'RELEASE_NOT_NEEDED',
    });
    expect(decide({ kind: 'release_device' }, candidate)).toEqual({ kind: 'release', at: at(MINUTE) });
  });
});
