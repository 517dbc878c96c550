import { describe, expect, it } from 'vitest';
import {
  decideAttach,
  decideDetach,
  decideWatch,
  isSameProcess,
  judgeCluster,
  sortLeases,
  type ClusterFacts,
  type Lease,
} from '#app/platform/db/embedded/lease.ts';

const lease = (token: string, pid: number, startedAt = 'boot/1'): Lease => ({ token, pid, startedAt });

describe('a process', () => {
  it('is the same only with the same number and the same start', () => {
    const mark = { pid: 7, startedAt: 'boot/1' };
    expect(isSameProcess(mark, { pid: 7, startedAt: 'boot/1' })).toBe(true);
    expect(isSameProcess(mark, { pid: 7, startedAt: 'boot/2' })).toBe(false);
    expect(isSameProcess(mark, { pid: 8, startedAt: 'boot/1' })).toBe(false);
    expect(isSameProcess(mark, null)).toBe(false);
  });

  it('counts as alive where the system tells no start', () => {
    expect(isSameProcess({ pid: 7, startedAt: '' }, { pid: 7, startedAt: 'boot/1' })).toBe(true);
    expect(isSameProcess({ pid: 7, startedAt: 'boot/1' }, { pid: 7, startedAt: '' })).toBe(true);
    expect(isSameProcess({ pid: 7, startedAt: '' }, null)).toBe(false);
  });
});

describe('leases', () => {
  it('are sorted into those of living processes and the rest, reused numbers among the rest', () => {
    const running = new Map([
      [1, { pid: 1, startedAt: 'boot/1' }],
      [2, { pid: 2, startedAt: 'boot/9' }],
    ]);
    const standing = sortLeases(
      [lease('lives', 1), lease('also lives', 1), lease('number reused', 2), lease('gone', 3)],
      (pid) => running.get(pid) ?? null,
    );
    expect(standing.live.map((each) => each.token)).toEqual(['lives', 'also lives']);
    expect(standing.stale.map((each) => each.token)).toEqual(['number reused', 'gone']);
  });

  it('keep the server running until the last one is given back', () => {
    expect(decideDetach([lease('mine', 1), lease('other', 2)], 'mine')).toBe('leave_running');
    expect(decideDetach([lease('mine', 1), lease('mine too', 1)], 'mine')).toBe('leave_running');
    expect(decideDetach([lease('mine', 1)], 'mine')).toBe('stop');
    expect(decideDetach([], 'mine')).toBe('stop');
  });
});

describe('a data folder', () => {
  const whole: ClusterFacts = { hasFolder: true, version: '18', hasControlFile: true, keys: 'readable' };

  it.each<[string, Partial<ClusterFacts>, string]>([
    ['whole', {}, 'usable'],
    ['not there yet', { hasFolder: false, version: null, hasControlFile: false, keys: 'absent' }, 'absent'],
    [
      'cut short before it got its name',
      { hasFolder: false, version: null, hasControlFile: false },
      'absent',
    ],
    ['without a version', { version: null }, 'CLUSTER_DAMAGED'],
    ['with a torn version', { version: '' }, 'CLUSTER_DAMAGED'],
    ['of an older PostgreSQL', { version: '15' }, 'CLUSTER_OTHER_VERSION'],
    ['of a newer PostgreSQL', { version: '19' }, 'CLUSTER_OTHER_VERSION'],
    ['without its control file', { hasControlFile: false }, 'CLUSTER_DAMAGED'],
    ['without its keys', { keys: 'absent' }, 'KEYS_MISSING'],
    ['with torn keys', { keys: 'damaged' }, 'KEYS_DAMAGED'],
    ['gone, with torn keys', { hasFolder: false, keys: 'damaged' }, 'KEYS_DAMAGED'],
  ])('%s', (_what, facts, verdict) => {
    expect(judgeCluster({ ...whole, ...facts }, '18')).toBe(verdict);
  });

  it('is made, started or joined by what is there', () => {
    expect(decideAttach('absent', 'stopped')).toBe('initialise');
    expect(decideAttach('usable', 'stopped')).toBe('start');
    expect(decideAttach('usable', 'dead')).toBe('start');
    expect(decideAttach('usable', 'stopping')).toBe('start_after_stop');
    expect(decideAttach('usable', 'running')).toBe('join');
  });
});

describe('a process that looks after the server', () => {
  it('restarts one that died, and leaves alone one that was stopped on purpose', () => {
    expect(decideWatch('running', true)).toBe('nothing');
    expect(decideWatch('stopping', true)).toBe('nothing');
    expect(decideWatch('dead', true)).toBe('restart');
    expect(decideWatch('stopped', true)).toBe('restart');
    expect(decideWatch('stopped', false)).toBe('give_up');
    expect(decideWatch('running', false)).toBe('give_up');
  });
});
