import { describe, expect, it, vi } from 'vitest';
import { saveWords } from '#app/exam/sitting/client/save-words.ts';
import type { AttemptSnapshot } from '#app/exam/sitting/client/state.ts';
import {
  backoffMs,
  clientTimeOf,
  doubtedTime,
  hasClockJumped,
  nextAnnouncement,
  openAnnouncements,
  remainingText,
  serverNowMs,
  serverTimeFrom,
} from '#app/exam/sitting/client/timing.ts';
import { createGroupCommit } from '#app/platform/db/group-commit.ts';

describe('the countdown', () => {
  it.each([
    [5_400_000, '1:30:00'],
    [3_599_001, '1:00:00'],
    [3_599_000, '59:59'],
    [60_000, '01:00'],
    [1, '00:01'],
    [0, '00:00'],
    [-5_000, '00:00'],
  ])('of %d ms reads %s', (ms, expected) => {
    expect(remainingText(ms)).toBe(expected);
  });

  /** What is announced while the remaining time runs through these looks, in minutes; a look may bring a new deadline. */
  function announced(looks: readonly (number | readonly [number, number])[]): number[] {
    const [first] = looks;
    let marks = openAnnouncements(0, typeof first === 'number' ? first : 0);
    return looks.flatMap((look) => {
      const [deadlineAtMs, remainingMs] = typeof look === 'number' ? [marks.deadlineAtMs, look] : look;
      const { next, minutes } = nextAnnouncement(marks, deadlineAtMs, remainingMs);
      marks = next;
      return minutes === null ? [] : [minutes];
    });
  }
  const min = (minutes: number): number => minutes * 60_000;

  it.each([
    ['each mark at its moment', [min(31), min(30), min(29), min(10), min(5), min(2), min(1)], [30, 10, 5, 1]],
    ['nothing that was behind when the page opened', [min(9), min(8)], []],
    ['the nearest only, after a sleep over several', [min(12), min(4.5), min(3)], [5]],
    ['no mark that a sleep has carried far past', [min(12), min(8), min(4), min(1)], [1]],
    [
      'a mark once, though the clock is corrected back over it',
      [min(11), min(10) - 100, min(10) + 300, min(10) - 700],
      [10],
    ],
    ['nothing new after the end', [min(1) + 1, min(1), 0, -5_000], [1]],
    [
      'the marks ahead again, once, when the deadline was moved',
      [min(6), min(5), [1, min(14)], min(10), min(10) + 50, min(9), min(5)],
      [5, 10, 5],
    ],
    [
      'no mark twice when the time of a pause is given back',
      [min(11), min(9.5), [1, min(9.5)], min(9)],
      [10],
    ],
    ['a deadline that is moved forward: what is left of the marks', [min(40), [1, min(8)], min(5)], [5]],
  ] as const)('announces %s', (_name, looks, expected) => {
    expect(announced(looks)).toEqual(expected);
  });

  it('takes the server’s time from the middle of a request and carries it on', () => {
    const time = serverTimeFrom(1_000_000, { sentMs: 100, receivedMs: 300, wallMs: 5 });
    expect(serverNowMs(time, 300)).toBe(1_000_100);
    expect(serverNowMs(time, 1_300)).toBe(1_001_100);
  });

  it('notices a wall clock that was set, and no ordinary drift', () => {
    const time = serverTimeFrom(0, { sentMs: 0, receivedMs: 0, wallMs: 50_000 });
    expect(hasClockJumped(time, 60_000, 110_000 + 1_999)).toBe(false);
    expect(hasClockJumped(time, 60_000, 110_000 + 2_001)).toBe(true);
    expect(hasClockJumped(time, 60_000, 110_000 - 3_600_000)).toBe(true);
  });

  it('is carried on by whichever clock has run further, as a guess, once nobody answers after a sleep', () => {
    const time = serverTimeFrom(1_000_000, { sentMs: 0, receivedMs: 0, wallMs: 50_000 });
    const slept = doubtedTime(time, { monotonicMs: 1_000, wallMs: 50_000 + 6_000_000 });
    expect(slept.isSure).toBe(false);
    expect(serverNowMs(slept, 1_000)).toBe(7_000_000);
    const setBack = doubtedTime(time, { monotonicMs: 1_000, wallMs: 0 });
    expect(serverNowMs(setBack, 3_000)).toBe(1_003_000);
  });

  it('gives answers a device time the server takes, however far off the clock is', () => {
    expect(clientTimeOf(Date.parse('2026-11-23T01:00:00.000Z'))).toBe('2026-11-23T01:00:00.000Z');
    expect(clientTimeOf(Date.parse('+012026-11-23T01:00:00.000Z'))).toBe('9999-12-31T23:59:59.999Z');
    expect(clientTimeOf(-1)).toBe('1970-01-01T00:00:00.000Z');
  });

  it('retries after pauses that grow to half a minute and never vanish', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 20].map((failures) => [
      backoffMs(failures, 0),
      backoffMs(failures, 0.999),
    ]);
    expect(pauses.map(([least]) => least)).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000]);
    expect(Math.max(...pauses.map(([, most]) => most ?? 0))).toBeLessThanOrEqual(30_000);
  });
});

describe('the words about saving', () => {
  const base: AttemptSnapshot = {
    phase: 'open',
    connection: 'idle',
    answers: new Map(),
    savedCount: 37,
    pendingCount: 0,
    draftCount: 0,
    failures: 0,
    savedAtMs: Date.parse('2026-11-23T02:42:07.000Z'),
    isStoreSafe: true,
    isTimeSure: true,
    deadlineAtMs: 0,
    closeAtMs: 0,
    pausedAtMs: null,
    noticeNo: 0,
  };
  it.each<[Partial<AttemptSnapshot>, string]>([
    [{}, '已保存 37/80 · 10:42:07'],
    [{ savedCount: 0, savedAtMs: null }, '已保存 0/80'],
    [{ pendingCount: 2, connection: 'sending' }, '正在保存 2 项 · 已保存 37/80 · 10:42:07'],
    [{ pendingCount: 2, connection: 'retrying' }, '网络不通，2 项作答已暂存在本机 · 已保存 37/80 · 10:42:07'],
    [
      { pendingCount: 2, connection: 'retrying', isStoreSafe: false },
      '网络不通，2 项作答尚未保存，请勿关闭页面 · 已保存 37/80 · 10:42:07',
    ],
    [
      { pendingCount: 2, draftCount: 1, connection: 'retrying' },
      '网络不通，1 项作答已暂存在本机 · 已保存 37/80 · 10:42:07',
    ],
    [
      { pendingCount: 1, draftCount: 1, connection: 'retrying' },
      '网络不通，正在重试 · 已保存 37/80 · 10:42:07',
    ],
    [
      { pendingCount: 2, draftCount: 1, connection: 'retrying', isStoreSafe: false },
      '网络不通，2 项作答尚未保存，请勿关闭页面 · 已保存 37/80 · 10:42:07',
    ],
    [{ connection: 'retrying' }, '网络不通，正在重试 · 已保存 37/80 · 10:42:07'],
    [{ connection: 'signed_out' }, '登录已失效 · 已保存 37/80 · 10:42:07'],
    [{ isStoreSafe: false }, '本机无法暂存作答，请勿关闭页面 · 已保存 37/80 · 10:42:07'],
    [
      { pendingCount: 2, connection: 'refused' },
      '服务器未接收，2 项作答已暂存在本机，请告知监考人员 · 已保存 37/80 · 10:42:07',
    ],
    [{ pendingCount: 1, connection: 'signed_out' }, '登录已失效，1 项作答待保存 · 已保存 37/80 · 10:42:07'],
  ])('for %o', (change, expected) => {
    expect(saveWords({ ...base, ...change }, 80).text).toBe(expected);
  });
});

describe('group commit', () => {
  function aGroup({ maxWeight = 10, worthAnother = 1 } = {}) {
    const runs: { items: readonly number[]; end: (fail?: boolean) => void }[] = [];
    const submit = createGroupCommit<number, number>({
      maxInFlight: 2,
      maxWeight,
      worthAnother,
      weigh: () => 1,
      run: (items) =>
        new Promise((resolve, reject) => {
          const end = (fail = false): void =>
            fail ? reject(new Error('away')) : resolve(items.map((item) => item * 10));
          runs.push({ items, end });
        }),
    });
    return { runs, submit };
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('sends together what comes together, gathers the rest, and never has more than two statements under way', async () => {
    const { runs, submit } = aGroup();
    const answers = [1, 2].map((item) => submit(item));
    await turn();
    answers.push(submit(3));
    await turn();
    answers.push(submit(4), submit(5));
    await turn();
    expect(runs.map((run) => run.items)).toEqual([[1, 2], [3]]);
    runs[0]?.end();
    await turn();
    expect(runs.map((run) => run.items)).toEqual([[1, 2], [3], [4, 5]]);
    runs[1]?.end();
    runs[2]?.end();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
  });

  it('lets a second statement join when enough wait, or when the first takes long', async () => {
    const { runs, submit } = aGroup({ worthAnother: 3 });
    const answers = [submit(1)];
    await turn();
    answers.push(submit(2), submit(3));
    await turn();
    expect(runs.map((run) => run.items)).toEqual([[1]]);
    answers.push(submit(4));
    await turn();
    expect(runs.map((run) => run.items)).toEqual([[1], [2, 3, 4]]);
    runs[1]?.end();
    await turn();
    answers.push(submit(5));
    await vi.waitFor(() => expect(runs).toHaveLength(3));
    expect(runs[2]?.items).toEqual([5]);
    runs[0]?.end();
    runs[2]?.end();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
  });

  it('answers nobody before the statement that carried the item has ended', async () => {
    const { runs, submit } = aGroup();
    let isAnswered = false;
    const answer = submit(1).then(() => {
      isAnswered = true;
    });
    await turn();
    expect(isAnswered).toBe(false);
    runs[0]?.end();
    await answer;
    expect(isAnswered).toBe(true);
  });

  it('fails the items of a failed statement alone and goes on', async () => {
    const { runs, submit } = aGroup();
    const one = submit(1);
    await turn();
    const two = submit(2);
    await turn();
    const three = submit(3);
    runs[0]?.end(true);
    await expect(one).rejects.toThrow('away');
    await turn();
    runs[1]?.end();
    runs[2]?.end();
    expect(await Promise.all([two, three])).toEqual([20, 30]);
  });

  it('keeps a statement below its weight', async () => {
    const { runs, submit } = aGroup({ maxWeight: 2 });
    const answers = [1, 2, 3, 4, 5, 6].map((item) => submit(item));
    await turn();
    for (let at = 0; at < 3; at += 1) {
      runs[at]?.end();
      await turn();
    }
    await Promise.all(answers);
    expect(runs.map((run) => run.items)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });
});
