import * as XLSX from '@e965/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { importWorkdays, previewWorkdays } from '#app/office/workday/import-workdays.server.ts';
import { workdayLinesOfFile } from '#app/office/workday/workday-file.server.ts';
import { listExceptions, loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aRegion, anActor } from '#test/support/world.ts';

const world = useWorld();
const BASIS = '演示：某年节假日安排的通知（虚构）';
const TEXT = '2026-10-01至2026-10-02 休 国庆节\n2026-10-10 班 国庆节调休上班';
let bureau: ActorCtx;
let countyBureau: ActorCtx;

beforeAll(async () => {
  const city = await aRegion(world.ctx, { level: 'city' });
  const county = await aRegion(world.ctx, { parentId: city });
  const ofRegion = (regionId: string) =>
    anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  bureau = await ofRegion(city);
  countyBureau = await ofRegion(county);
});

async function apply(
  text: string,
  mode: 'replace_year' | 'supplement',
  commandId: string = newId(),
  basis = BASIS,
) {
  const preview = await previewWorkdays(bureau, { text, basis, mode });
  if (!preview.ok) throw new Error(preview.code);
  return importWorkdays(bureau, { text, basis, mode, commandId, digest: preview.value.digest });
}

describe('the yearly 调休', () => {
  it('is shown before it is applied, and moves deadlines afterwards', async () => {
    const preview = await previewWorkdays(bureau, { text: TEXT, basis: BASIS, mode: 'replace_year' });
    expect(preview).toMatchObject({ ok: true, value: { problems: [], years: [2026] } });
    expect(await listExceptions(world.ctx.pool, [2026])).toEqual([]);
    expect(await apply(TEXT, 'replace_year')).toEqual({
      ok: true,
      value: { added: 3, changed: 0, removed: 0 },
    });
    const exceptions = await loadWorkdayExceptions(world.ctx.pool, '2026-09-01', '2026-12-31');
    expect(addWorkdays('2026-09-30', 1, exceptions)).toBe('2026-10-05');
  });

  it('sent twice with the same command is applied once', async () => {
    const commandId = newId();
    const text = '2026-05-01 休 劳动节';
    const first = await apply(text, 'supplement', commandId);
    const digest = 'x'.repeat(64);
    const again = await importWorkdays(bureau, { text, basis: BASIS, mode: 'supplement', commandId, digest });
    expect(again).toEqual(first);
    expect(
      await importWorkdays(bureau, { text: TEXT, basis: BASIS, mode: 'supplement', commandId, digest }),
    ).toMatchObject({ ok: false, code: 'COMMAND_REUSED' });
  });

  it('of a corrected notice supersedes what it leaves out and keeps the old state on record', async () => {
    expect(await apply('2026-10-01 休 国庆节', 'replace_year')).toMatchObject({
      ok: true,
      value: { removed: 3 },
    });
    const { rows } = await world.ctx.pool.query<{ gone: number }>(
      `select count(*)::int as gone from workday_exception where superseded_at is not null`,
    );
    expect(rows[0]?.gone).toBe(3);
    expect((await listExceptions(world.ctx.pool, [2026])).map((one) => one.day)).toEqual(['2026-10-01']);
  });

  it('is not applied when it changed after the preview, has an unreadable line, or says nothing new', async () => {
    const input = { text: '2027-10-01 休 国庆节', basis: BASIS, mode: 'supplement' } as const;
    const preview = await previewWorkdays(bureau, input);
    await apply('2027-10-01 休 国庆假期', 'supplement');
    const digest = preview.ok ? preview.value.digest : '';
    const confirm = (change: object) =>
      importWorkdays(bureau, { ...input, commandId: newId(), digest, ...change });
    expect(await confirm({})).toMatchObject({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await confirm({ text: '2027-02-30 休 春节' })).toMatchObject({
      ok: false,
      code: 'LINES_UNREADABLE',
    });
    expect(await confirm({ text: '# 空' })).toMatchObject({ ok: false, code: 'NOTHING_TO_IMPORT' });
    expect(await apply('2027-10-01 休 国庆假期', 'supplement')).toMatchObject({
      ok: false,
      code: 'NOTHING_TO_IMPORT',
    });
  });

  it('imported by two at once is applied once', async () => {
    const input = { text: '2028-10-02 休 国庆节', basis: BASIS, mode: 'supplement' } as const;
    const preview = await previewWorkdays(bureau, input);
    const digest = preview.ok ? preview.value.digest : '';
    const outcomes = await Promise.all(
      [1, 2].map(() => importWorkdays(bureau, { ...input, digest, commandId: newId() })),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.code)).sort()).toEqual([
      'CHANGED_MEANWHILE',
      'done',
    ]);
  });

  it('is kept by the top bureau only: it holds for everybody', async () => {
    const input = { text: TEXT, basis: BASIS, mode: 'supplement' } as const;
    expect(await previewWorkdays(countyBureau, input)).toMatchObject({ ok: false, code: 'NOT_TOP_BUREAU' });
  });

  it('can be read from a workbook with date cells, and from no other file', async () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['2026年放假安排'],
      ['日期', '类型', '名称'],
      [new Date(Date.UTC(2026, 9, 1)), '休', '国庆节'],
      ['2026-10-10', '班', '国庆节调休'],
    ]);
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, sheet, 'Sheet1');
    const bytes = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(await workdayLinesOfFile(bytes)).toEqual({
      ok: true,
      value: '2026-10-01 休 国庆节\n2026-10-10 班 国庆节调休',
    });
    expect(await workdayLinesOfFile(new TextEncoder().encode('%PDF-1.7 x'))).toMatchObject({
      ok: false,
      code: 'FILE_UNREADABLE',
    });
  });
});
