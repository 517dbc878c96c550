import { describe, expect, it } from 'vitest';
import { judgeDevice, medianMs, verdictOf } from '#app/exam/device-check/judge-device.ts';
import type { Point, PointVerdict } from '#app/exam/device-check/judge-device.ts';
import { checkForm } from '#app/exam/device-check/measurement.schema.ts';
import type { Measurements } from '#app/exam/device-check/measurement.ts';
import { ackRehearsal } from '#app/exam/device-check/rehearsal-endpoint.server.ts';
import { REHEARSAL_ITEMS, rehearsalKey, rehearsalTimes } from '#app/exam/device-check/rehearsal.ts';
import { browserOf } from '#app/exam/device-check/ui/measure.ts';
import { attemptOfPath, pagePath } from '#app/exam/sitting/client/page-copies.ts';
import { newId } from '#app/platform/ids/id.ts';

const GOOD: Measurements = {
  browser: { name: 'Chromium', version: 120, missing: [] },
  storage: { keptMs: 40, freeBytes: 5_000_000_000 },
  isPageKept: true,
  clockOffsetMs: 1_200,
  network: { roundTripsMs: [20, 30, 25], failures: 0 },
  screen: { width: 1366, height: 768, pixelRatio: 1 },
  keyboard: 'works',
};
const judged = (change: Partial<Measurements>, point: Point) =>
  judgeDevice({ ...GOOD, ...change }).find((finding) => finding.point === point);

describe('the verdict on a machine', () => {
  it('is that it is ready, with nothing to do, when all is well', () => {
    const findings = judgeDevice(GOOD);
    expect(verdictOf(findings)).toBe('ready');
    expect(findings.every(({ advice }) => advice === null)).toBe(true);
  });

  it.each<[string, Partial<Measurements>, Point, PointVerdict]>([
    ['a Chromium just too old', { browser: { ...GOOD.browser, version: 91 } }, 'browser', 'broken'],
    ['the oldest Chromium that is tested', { browser: { ...GOOD.browser, version: 92 } }, 'browser', 'fine'],
    ['another engine', { browser: { name: 'Firefox', version: 91, missing: [] } }, 'browser', 'fine'],
    ['a browser without locks', { browser: { ...GOOD.browser, missing: ['locks'] } }, 'browser', 'weak'],
    ['a private window', { storage: { keptMs: null, freeBytes: null } }, 'storage', 'broken'],
    ['a disk nearly full', { storage: { keptMs: 40, freeBytes: 20 * 1024 * 1024 - 1 } }, 'storage', 'weak'],
    ['a disk with just enough', { storage: { keptMs: 40, freeBytes: 20 * 1024 * 1024 } }, 'storage', 'fine'],
    ['a slow disk', { storage: { keptMs: 1_501, freeBytes: null } }, 'storage', 'weak'],
    ['no page kept', { isPageKept: false }, 'page', 'weak'],
    ['a clock an hour ahead', { clockOffsetMs: 3_600_000 }, 'clock', 'weak'],
    ['a clock a minute off', { clockOffsetMs: -60_000 }, 'clock', 'fine'],
    ['a clock that could not be compared', { clockOffsetMs: null }, 'clock', 'weak'],
    ['no answer at all', { network: { roundTripsMs: [], failures: 8 } }, 'network', 'broken'],
    ['most requests lost', { network: { roundTripsMs: [20, 20, 20], failures: 5 } }, 'network', 'broken'],
    ['one request lost', { network: { roundTripsMs: [20, 20, 20], failures: 1 } }, 'network', 'weak'],
    ['a slow network', { network: { roundTripsMs: [301, 301, 301], failures: 0 } }, 'network', 'weak'],
    ['one slow answer', { network: { roundTripsMs: [20, 9_000, 20], failures: 0 } }, 'network', 'fine'],
    ['a window of 359 px', { screen: { ...GOOD.screen, width: 359 } }, 'screen', 'broken'],
    ['a window of 360 px', { screen: { ...GOOD.screen, width: 360 } }, 'screen', 'fine'],
  ])('%s', (_name, change, point, verdict) => {
    const finding = judged(change, point);
    expect(finding?.verdict).toBe(verdict);
    // Whoever is told that something is wrong is told what to do.
    expect(finding?.advice === null).toBe(verdict === 'fine');
  });

  it('is that of its weakest point; a keyboard nobody tried weakens nothing', () => {
    const verdictFor = (change: Partial<Measurements>) => verdictOf(judgeDevice({ ...GOOD, ...change }));
    expect(verdictFor({ isPageKept: false })).toBe('usable');
    expect(verdictFor({ isPageKept: false, storage: { keptMs: null, freeBytes: null } })).toBe('not_ready');
    expect(verdictFor({ keyboard: 'skipped' })).toBe('ready');
  });

  it.each([
    [[], null],
    [[5], 5],
    [[9, 1, 5], 5],
    [[1, 2, 3, 4], 3],
  ])('the middle of %o is %s', (values, middle) => {
    expect(medianMs(values)).toBe(middle);
  });

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE',
      'Chromium',
      86,
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 128],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      'Safari',
      17,
    ],
    ['Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', '', null],
  ])('reads the engine of %s', (userAgent, name, version) => {
    expect(browserOf(userAgent)).toEqual({ name, version });
  });
});

describe('what the check page sends', () => {
  const form = {
    commandId: newId(),
    deviceMark: newId(),
    seatLabel: ' 第一考场 12 号 ',
    measurements: JSON.stringify(GOOD),
  };

  it('is read whole', () => {
    const read = checkForm.parse(form);
    expect(read.measurements).toEqual(GOOD);
    expect(read.seatLabel).toBe('第一考场 12 号');
    expect(checkForm.parse({ ...form, seatLabel: ' ' }).seatLabel).toBeNull();
  });

  it.each([
    ['no JSON', { measurements: '{' }],
    ['half of it', { measurements: JSON.stringify({ ...GOOD, network: {} }) }],
    ['nonsense', { measurements: JSON.stringify({ ...GOOD, clockOffsetMs: 1e300 }) }],
    ['a novel', { measurements: JSON.stringify({ ...GOOD, more: 'x'.repeat(10_000) }) }],
    ['no mark', { deviceMark: 'none' }],
  ])('is refused as %s', (_name, change) => {
    expect(checkForm.safeParse({ ...form, ...change }).success).toBe(false);
  });
});

describe('a rehearsal', () => {
  const MINUTE_MS = 60_000;
  const id = newId();
  const began = rehearsalTimes(id, Number.MAX_SAFE_INTEGER)?.startedAtMs ?? 0;

  it('lasts a quarter of an hour from the moment in its id', () => {
    expect(rehearsalTimes(id, began)).toEqual({
      startedAtMs: began,
      deadlineAtMs: began + 15 * MINUTE_MS,
      closeAtMs: began + 15 * MINUTE_MS + 30_000,
    });
    expect(rehearsalTimes(id, began - MINUTE_MS)).toBeNull();
    expect(rehearsalTimes('none', began)).toBeNull();
    expect(rehearsalTimes(`${id.slice(0, 14)}4${id.slice(15)}`, began)).toBeNull();
  });

  it('is answered as an exam is, and keeps nothing', () => {
    const event = (seq: number, position: number) => ({
      ...{ epoch: 1, seq, position, choice: 'A', clientTime: null },
    });
    const events = [event(1, 1), event(2, REHEARSAL_ITEMS.length + 1)];
    expect(ackRehearsal(id, events, began)).toMatchObject({
      stored: [{ epoch: 1, seq: 1, standing: 'counted' }],
      notOnPaper: [{ epoch: 1, seq: 2 }],
      isOpen: true,
      isThisDevice: true,
    });
    expect(ackRehearsal(id, events, began + 16 * MINUTE_MS)).toMatchObject({ isOpen: false });
    expect(ackRehearsal('none', events, began)).toBeNull();
  });

  it('has a page of its own that the device may keep', () => {
    expect(attemptOfPath(pagePath(rehearsalKey(id)))).toBe(rehearsalKey(id));
    expect(attemptOfPath('/attempts/rehearsal')).toBeNull();
    expect(attemptOfPath(`/attempts/${id}/result`)).toBeNull();
  });

  it('asks questions whose positions follow each other and whose options have letters', () => {
    expect(REHEARSAL_ITEMS.map((item) => item.position)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { options } of REHEARSAL_ITEMS)
      expect(options.map(({ letter }) => letter).join('')).toBe('ABCDE'.slice(0, options.length));
  });
});
