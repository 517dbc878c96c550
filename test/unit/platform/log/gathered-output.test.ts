import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherLines } from '#app/platform/log/gathered-output.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';

const written: string[] = [];
const output = () => gatherLines((text) => written.push(text));

beforeEach(() => {
  written.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('log lines', () => {
  it('of one moment are written together', () => {
    const log = createLogger({ destination: output() });
    log.info('first');
    log.info('second');
    expect(written).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(written).toHaveLength(1);
    expect(written[0]?.trimEnd().split('\n')).toHaveLength(2);
  });

  it('that warn are written at once, behind what came before them', () => {
    const log = createLogger({ destination: output() });
    log.info('before');
    log.warn('look here');
    expect(written.join('').trimEnd().split('\n')).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(written).toHaveLength(1);
  });

  it('are never written in one piece with more than a pipe takes', () => {
    const gathered = output();
    for (let line = 0; line < 30; line += 1) gathered.write(`${'字'.repeat(200)}\n`);
    gathered.release();
    expect(written.length).toBeGreaterThan(1);
    for (const text of written) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
      expect(text.endsWith('\n')).toBe(true);
    }
    expect(written.join('').split('\n')).toHaveLength(31);
  });

  it('do not wait when they are many, nor when the process ends', () => {
    const gathered = output();
    gathered.write('x'.repeat(20_000));
    expect(written).toHaveLength(1);
    gathered.write('last');
    gathered.release();
    expect(written[1]).toBe('last');
  });
});
