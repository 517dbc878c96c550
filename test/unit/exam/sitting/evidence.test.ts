import { describe, expect, it } from 'vitest';
import type { SignalResult } from '#app/exam/sitting/client/evidence.ts';
import { createEvidence } from '#app/exam/sitting/client/evidence.ts';
import { createFocusWatch } from '#app/exam/sitting/client/focus-watch.ts';
import { readSignals } from '#app/exam/sitting/client/signal-notes.ts';
import type { FocusRule } from '#app/exam/sitting/evidence/focus.ts';
import { endsAttempt, focusLossText, focusRuleText, handInAtLoss } from '#app/exam/sitting/evidence/focus.ts';
import { signalBody } from '#app/exam/sitting/evidence/signal.schema.ts';
import type { Signal } from '#app/exam/sitting/evidence/signal.ts';
import { MAX_SIGNALS_OF_REQUEST } from '#app/exam/sitting/evidence/signal.ts';
import { newId } from '#app/platform/ids/id.ts';
import { virtualClock } from '#test/support/virtual-client.ts';

function aDevice() {
  const clock = virtualClock();
  let kept: readonly Signal[] = [];
  const sent: Signal[][] = [];
  const steps: string[] = [];
  const world: { answer: SignalResult; isExcused: boolean; isSaved: boolean } = {
    isSaved: true,
    answer: { kind: 'taken', ack: { focusLosses: 0, isOpen: true } },
    isExcused: false,
  };
  const load = () => {
    const evidence = createEvidence({
      clock,
      nowMs: () => 1_000_000 + clock.monotonicMs(),
      newId,
      random: () => 0.5,
      notes: {
        read: () => kept,
        write: (signals) => {
          kept = signals;
        },
      },
      saveFirst: () => {
        steps.push('answers');
        return Promise.resolve(world.isSaved);
      },
      send: (signals) => {
        steps.push('signals');
        sent.push([...signals]);
        return Promise.resolve(world.answer);
      },
      onAck: () => steps.push('ack'),
    });
    evidence.open();
    return {
      evidence,
      focus: createFocusWatch({ clock, evidence, isExcused: () => world.isExcused }),
    };
  };
  return { clock, world, sent, steps, load, waiting: () => kept };
}
const kindsOf = (signals: readonly Signal[]): string[] => signals.map((signal) => signal.kind);

describe('what the page notices', () => {
  it('goes to the server together, after the answers, and leaves the device when it is taken', async () => {
    const { clock, sent, steps, load, waiting } = aDevice();
    const { evidence } = load();
    evidence.note('copied', { characters: 12 });
    await clock.advance(500);
    evidence.note('reconnected', { lastedMs: 7_000 });
    expect(waiting()).toHaveLength(2);
    await clock.advance(1_000);
    expect(steps).toEqual(['answers', 'signals', 'ack']);
    expect(sent).toMatchObject([
      [
        { kind: 'copied', characters: 12, lastedMs: null, atMs: 1_000_000 },
        { kind: 'reconnected', characters: null, lastedMs: 7_000, atMs: 1_000_500 },
      ],
    ]);
    expect(waiting()).toEqual([]);
  });

  it('waits while the answers given before it cannot be saved: it may end the attempt', async () => {
    const { clock, world, steps, sent, load, waiting } = aDevice();
    world.isSaved = false;
    load().evidence.note('focus_lost');
    await clock.advance(10_000);
    expect(steps.length).toBeGreaterThan(1);
    expect(sent).toEqual([]);
    expect(waiting()).toHaveLength(1);
    world.isSaved = true;
    await clock.advance(30_000);
    expect(sent).toHaveLength(1);
    expect(waiting()).toEqual([]);
  });

  it('is sent again under the same id until the server has it, also by a page loaded later', async () => {
    const { clock, world, sent, load, waiting } = aDevice();
    world.answer = { kind: 'failed' };
    const first = load();
    first.evidence.note('copied', { characters: 1 });
    await clock.advance(60_000);
    expect(sent.length).toBeGreaterThan(2);
    first.evidence.close();
    world.answer = { kind: 'taken', ack: { focusLosses: 0, isOpen: true } };
    load();
    await clock.advance(2_000);
    expect(new Set(sent.flat().map((signal) => signal.id)).size).toBe(1);
    expect(waiting()).toEqual([]);
  });

  it('never fills the device: the first ones of a long outage stay', async () => {
    const { clock, world, load, waiting } = aDevice();
    world.answer = { kind: 'failed' };
    const { evidence } = load();
    evidence.note('gap', { lastedMs: 60_000 });
    for (let n = 0; n < 100; n += 1) evidence.note('copied', { characters: n });
    await clock.advance(0);
    expect(waiting()).toHaveLength(MAX_SIGNALS_OF_REQUEST);
    expect(kindsOf(waiting())[0]).toBe('gap');
  });

  it('is dropped when the server will never take it, instead of being sent for ever', async () => {
    const { clock, world, sent, load, waiting } = aDevice();
    world.answer = { kind: 'refused' };
    load().evidence.note('copied', { characters: 1 });
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
    expect(waiting()).toEqual([]);
  });

  it('fits what the server takes, and nonsense in the storage is not sent', () => {
    const signal: Signal = { id: newId(), kind: 'gap', atMs: 5, lastedMs: 60_000, characters: null };
    expect(readSignals(JSON.stringify([signal, { kind: 'gap' }, 7]))).toEqual([signal]);
    expect(readSignals('{')).toEqual([]);
    expect(readSignals(null)).toEqual([]);
    expect(signalBody.safeParse({ signals: [signal] }).success).toBe(true);
    expect(signalBody.safeParse({ signals: [] }).success).toBe(false);
    expect(signalBody.safeParse({ signals: [{ ...signal, kind: 'cheated' }] }).success).toBe(false);
    const many = Array.from({ length: MAX_SIGNALS_OF_REQUEST + 1 }, () => ({ ...signal, id: newId() }));
    expect(signalBody.safeParse({ signals: many }).success).toBe(false);
  });
});

describe('leaving the page', () => {
  it('is noted with its return and how long it lasted', async () => {
    const { clock, load, waiting } = aDevice();
    const { focus } = load();
    focus.hidden();
    await clock.advance(400);
    focus.blurred();
    focus.returned();
    expect(waiting()).toMatchObject([
      { kind: 'focus_lost', lastedMs: null },
      { kind: 'focus_back', lastedMs: 400 },
    ]);
  });

  it('is none when the window loses the focus for a moment, and one when it stays away', async () => {
    const { clock, load, waiting } = aDevice();
    const { focus } = load();
    focus.blurred();
    await clock.advance(900);
    focus.returned();
    await clock.advance(5_000);
    expect(waiting()).toEqual([]);
    focus.blurred();
    await clock.advance(1_600);
    expect(kindsOf(waiting())).toEqual(['focus_lost']);
  });

  it('is none when the page itself goes: a reload, a hand-in', async () => {
    const { clock, load, waiting } = aDevice();
    const { focus } = load();
    focus.blurred();
    focus.unloading();
    focus.hidden();
    await clock.advance(5_000);
    expect(waiting()).toEqual([]);
    focus.shown();
    focus.hidden();
    expect(kindsOf(waiting())).toEqual(['focus_lost']);
  });

  it('is nobody’s business while the exam rests', async () => {
    const { clock, world, load, waiting } = aDevice();
    const { focus } = load();
    world.isExcused = true;
    focus.hidden();
    await clock.advance(5_000);
    focus.returned();
    expect(waiting()).toEqual([]);
  });
});

describe('the focus rule of a sitting', () => {
  const note: FocusRule = { focusPolicy: 'note', focusLimit: null };
  const after3: FocusRule = { focusPolicy: 'hand_in_after', focusLimit: 3 };
  const atOnce: FocusRule = { focusPolicy: 'hand_in_at_once', focusLimit: null };

  it.each([
    [note, 99, false],
    [after3, 2, false],
    [after3, 3, true],
    [after3, 4, true],
    [atOnce, 0, false],
    [atOnce, 1, true],
  ])('%o with %i leavings ends the attempt: %s', (rule, losses, ends) => {
    expect(endsAttempt(rule, losses)).toBe(ends);
  });

  it('is told before it is applied', () => {
    expect(handInAtLoss(after3)).toBe(3);
    expect(focusRuleText(after3)).toContain('满 3 次系统自动交卷');
    expect(focusLossText(after3, 2)).toContain('已离开 2 次，满 3 次系统自动交卷');
    expect(focusRuleText(atOnce)).toContain('立即交卷');
    expect(focusRuleText(note)).not.toContain('交卷');
    expect(focusLossText(note, 4)).not.toContain('交卷');
  });
});
