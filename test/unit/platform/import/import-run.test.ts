import { describe, expect, it } from 'vitest';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import { decideConfirm, RUN_STATES } from '#app/platform/import/run/import-run.ts';

const NOW = new Date('2026-11-23T01:00:00.000Z');

function aRun(part: Partial<ImportRun> = {}): ImportRun {
  return {
    id: 'r',
    kind: 'loan',
    scope: {},
    state: 'checked',
    mode: null,
    isRecheck: false,
    fileName: 'a.xlsx',
    fileBytes: 1,
    fileFormat: 'xlsx',
    fileSha256: 'x',
    layout: null,
    mapping: null,
    decisionDigest: 'd',
    counts: { total: 3, new: 2, change: 0, same: 1, refused: 0, warning: 0 },
    issuesTotal: 0,
    progress: null,
    failure: null,
    version: 4,
    startedById: null,
    confirmedById: null,
    startedAt: NOW,
    checkedAt: NOW,
    appliedAt: null,
    expiresAt: NOW,
    ...part,
  };
}

describe('confirming a run', () => {
  it('is allowed for a checked run with something to write', () => {
    expect(decideConfirm(aRun(), 'good_rows', 4)).toEqual({ ok: true, value: 'apply' });
    expect(decideConfirm(aRun(), 'all_or_nothing', 4)).toEqual({ ok: true, value: 'apply' });
  });

  it('refuses a report that is no longer the one shown', () => {
    expect(decideConfirm(aRun(), 'good_rows', 3)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('refuses the whole file when a row is refused, and takes the good rows', () => {
    const run = aRun({ counts: { total: 3, new: 2, change: 0, same: 0, refused: 1, warning: 0 } });
    expect(decideConfirm(run, 'all_or_nothing', 4)).toEqual({
      ok: false,
      code: 'HAS_REFUSED_ROWS',
      detail: { refused: 1 },
    });
    expect(decideConfirm(run, 'good_rows', 4)).toMatchObject({ ok: true });
  });

  it('refuses when nothing would be written', () => {
    const run = aRun({ counts: { total: 3, new: 0, change: 0, same: 2, refused: 1, warning: 0 } });
    expect(decideConfirm(run, 'good_rows', 4)).toMatchObject({ code: 'NOTHING_TO_APPLY' });
  });

  it('answers a repeat as done, whatever version the second click carries', () => {
    for (const state of ['applying', 'applied'] as const) {
      const run = aRun({ state, mode: 'good_rows' });
      expect(decideConfirm(run, 'good_rows', 1)).toEqual({ ok: true, value: 'already_confirmed' });
      expect(decideConfirm(run, 'all_or_nothing', 4)).toMatchObject({ code: 'NOT_CHECKED' });
    }
  });

  it.each(RUN_STATES.filter((state) => !['checked', 'applying', 'applied'].includes(state)))(
    'is refused in state %s',
    (state) => {
      expect(decideConfirm(aRun({ state }), 'good_rows', 4)).toMatchObject({ code: 'NOT_CHECKED' });
    },
  );
});
