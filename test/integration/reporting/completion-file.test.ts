import { read, utils } from '@e965/xlsx';
import type { WorkSheet } from '@e965/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { cellsOf, textOf } from '#app/reporting/completion/completion-table.ts';
import type { CompletionCell } from '#app/reporting/completion/completion-table.ts';
import type { Place } from '#app/reporting/completion/drill.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { exportCompletion } from '#app/reporting/completion/export-completion.server.ts';
import { pageOfQuery, parsePersonQuery, wholeListOfQuery } from '#app/reporting/completion/person-query.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const TODAY = '2026-11-23';
const HOUR = 2700;
/** What a spreadsheet would take for a formula, were it not a text cell. */
const TRAPS = ['=1+1', '+86', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")'];
let regionId = '';
let unitId = '';
let bureau: ActorCtx;

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx, { name: '=甲县' });
  unitId = await aUnit(ctx, { regionId, name: TRAPS[0] ?? '' });
  const other = await aUnit(ctx, { regionId, name: '乙局' });
  await aUnit(ctx, { regionId, name: '无人局' });
  for (const [index, name] of TRAPS.entries()) {
    const home = index === 4 ? other : unitId;
    const personId = await aPerson(ctx, { unitId: home, name, fieldCode: index % 2 === 0 ? 'ECO' : 'URBAN' });
    await aCard(ctx, { personId, unitId: home, regionId });
    await anHourEntry(ctx, {
      personId,
      unitId: home,
      creditSeconds: (20 + index * 20) * HOUR + 13,
      day: '2026-05-05',
    });
  }
  await rebuildOfficerYears(ctx.pool);
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
});

async function fileOf(place: Place) {
  const query = parsePersonQuery(new URLSearchParams());
  const file = await exportCompletion(bureau, { place, day: TODAY, persons: wholeListOfQuery(query) });
  const page = await unitCompletion(bureau, { place, day: TODAY, persons: pageOfQuery(query) });
  if (!file.ok || !page.ok) throw new Error('the place is in scope');
  return { page: page.value, book: read(file.value.content), fileName: file.value.fileName };
}

/** Rows below the head whose first cell is `first`, until an empty one. */
function bodyOf(sheet: WorkSheet, first: string): unknown[][] {
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, blankrows: true, raw: true });
  const head = rows.findIndex((row) => row[0] === first);
  const below = rows.slice(head + 1);
  const end = below.findIndex((row) => row.length === 0);
  return end === -1 ? below : below.slice(0, end);
}

/** The value of a cell as a spreadsheet holds it. */
function valueOf(cell: CompletionCell): unknown {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'count':
      return cell.count;
    case 'share':
      return cell.tenths / 1000;
    case 'hours':
      return cell.hundredths / 100;
    case 'none':
      return '–';
  }
}

describe('the workbook of unit completion', () => {
  it('holds the rows of the table with real types, and its total', async () => {
    const { page, book } = await fileOf({ ...NO_PLACE, regionId });
    const rows = bodyOf(book.Sheets['单位达标情况'] ?? {}, '单位');
    const expected = page.rows.map((row) => cellsOf(row.label, row.counts).map(valueOf));
    expect(rows).toHaveLength(3);
    for (const row of expected) expect(rows).toContainEqual(row);
    expect(rows.at(-1)).toEqual(cellsOf('合计', page.total).map(valueOf));
  });

  it('shows in every figure what the page shows', async () => {
    const { page, book } = await fileOf({ ...NO_PLACE, regionId });
    const sheet = book.Sheets['单位达标情况'] ?? {};
    const shown = utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false });
    const total = shown.find((row) => row[0] === '合计');
    expect(total).toEqual(cellsOf('合计', page.total).map(textOf));
  });

  it('keeps names that look like formulas as text', async () => {
    const { book } = await fileOf({ ...NO_PLACE, regionId, unitId });
    const cells = Object.values(book.Sheets).flatMap((sheet) =>
      Object.entries(sheet)
        .filter(([address]) => !address.startsWith('!'))
        .map(([, cell]: [string, { t: string; v: unknown; f?: string }]) => cell),
    );
    expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
    for (const trap of TRAPS.slice(0, 4))
      expect(cells).toContainEqual(expect.objectContaining({ t: 's', v: trap }));
  });

  it('lists the persons of a unit with the hours of the page, and a day that is a day', async () => {
    const { page, book } = await fileOf({ ...NO_PLACE, regionId, unitId });
    const rows = bodyOf(book.Sheets['应训人员'] ?? {}, '姓名');
    expect(rows.map((row) => row[0])).toEqual(page.persons?.rows.map((row) => row.name));
    expect(rows.map((row) => row[6])).toEqual(
      page.persons?.rows.map((row) => Math.floor(row.totalSeconds / 27) / 100),
    );
    const top = book.Sheets['应训人员'] ?? {};
    expect(top['B3']).toMatchObject({ t: 'n', w: expect.stringContaining('2026') });
  });

  it('has no persons above the unit level, carries 口径, and is recorded', async () => {
    const { book, fileName } = await fileOf({ ...NO_PLACE, regionId });
    expect(book.SheetNames).toEqual(['单位达标情况', '统计口径']);
    expect(fileName).toBe('=甲县学时达标情况（截至2026-11-23）.xlsx');
    const recorded = await world.ctx.db.auditEvent.count({
      where: { action: 'figures.export', subjectId: regionId },
    });
    expect(recorded).toBeGreaterThan(0);
  });
});
