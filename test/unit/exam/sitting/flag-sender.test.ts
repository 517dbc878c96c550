import { describe, expect, it } from 'vitest';
import { createFlagSender } from '#app/exam/sitting/client/flag-sender.ts';
import { settle, virtualClock } from '#test/support/virtual-client.ts';

function aPage(isTaken: (no: number) => boolean = () => true) {
  const clock = virtualClock();
  const sent: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const world = { isSlow: false };
  const page = { flags: [] as readonly number[] };
  const sender = createFlagSender({
    clock,
    random: () => 1,
    flags: () => page.flags,
    send: async (positions) => {
      const no = sent.push(positions);
      if (world.isSlow) await new Promise<void>((resolve) => answers.push(resolve));
      return isTaken(no);
    },
  });
  const say = (flags: readonly number[]): void => {
    page.flags = flags;
    sender.changed();
  };
  const pass = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await settle();
  };
  return { sender, page, say, sent, world, answers, pass };
}

describe('flags on their way to the server', () => {
  it('go once after the last change of a series', async () => {
    const { say, sent, pass } = aPage();
    for (const positions of [[3], [3, 7], [7]]) {
      say(positions);
      await pass(1_000);
    }
    expect(sent).toEqual([]);
    await pass(1_000);
    expect(sent).toEqual([[7]]);
    await pass(600_000);
    expect(sent).toEqual([[7]]);
  });

  it('are said again until the server has them, and then the latest', async () => {
    const { say, sent, pass } = aPage((no) => no > 2);
    say([1]);
    await pass(2_000);
    await pass(1_000);
    say([1, 2]);
    await pass(2_000);
    await pass(600_000);
    expect(sent).toEqual([[1], [1], [1, 2]]);
  });

  it('never overtake one another', async () => {
    const { say, sent, world, answers, pass } = aPage();
    world.isSlow = true;
    say([1]);
    await pass(2_000);
    say([2]);
    await pass(60_000);
    expect(sent).toEqual([[1]]);
    world.isSlow = false;
    answers.forEach((answer) => answer());
    await settle();
    await pass(2_000);
    expect(sent).toEqual([[1], [2]]);
  });

  it('are those that stand when they leave: another tab has changed them since', async () => {
    const { page, say, sent, pass } = aPage((no) => no > 1);
    say([1]);
    await pass(2_000);
    page.flags = [1, 5];
    await pass(600_000);
    expect(sent).toEqual([[1], [1, 5]]);
  });

  it('end with the page', async () => {
    const { sender, say, sent, pass } = aPage(() => false);
    say([1]);
    await pass(2_000);
    sender.close();
    await pass(600_000);
    expect(sent).toEqual([[1]]);
  });
});
