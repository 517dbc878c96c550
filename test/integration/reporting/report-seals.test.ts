import { read, utils } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { exportCompletion } from '#app/reporting/completion/export-completion.server.ts';
import { parsePersonQuery, wholeListOfQuery } from '#app/reporting/completion/person-query.ts';
import { sealText } from '#app/reporting/completion/seals.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { aCard, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aUnit } from '#test/support/world.ts';
import { FIRST_DAY, HOUR, YEAR, closingSteps } from '#test/support/year-closing.ts';

const world = useWorld(FIRST_DAY);
const { aConfirmedOffice, aFrozenOffice } = closingSteps(world);
const persons = wholeListOfQuery(parsePersonQuery(new URLSearchParams()));
const LAST_DAY = `${YEAR}-12-31`;

describe('the report of a closed year (domain.md §4.2 case 14)', () => {
  it('carries the seal number of its unit, on the page and in the workbook', async () => {
    const { bureau, regionId, sealNo } = await aFrozenOffice();
    const asked = { place: { ...NO_PLACE, regionId }, day: LAST_DAY, persons };
    const page = value(await unitCompletion(bureau, asked));
    expect(page.seals?.sealed.map((seal) => seal.sealNo)).toEqual([sealNo]);
    expect(page.seals && sealText(page.seals)).toContain(`${YEAR}年度已封账，封账编号 ${sealNo}`);

    const { content } = value(await exportCompletion(bureau, asked));
    const book = read(content);
    expect(utils.sheet_to_csv(book.Sheets['单位达标情况'] ?? {})).toContain(sealNo);
    expect(utils.sheet_to_csv(book.Sheets['封账编号'] ?? {})).toContain(sealNo);
  });

  it('says which part of several units is closed, and nothing before the seal was known', async () => {
    const { ctx } = world;
    const { bureau, regionId, sealNo } = await aFrozenOffice();
    const unitId = await aUnit(ctx, { regionId });
    const personId = await aPerson(ctx, { unitId });
    await aCard(ctx, { personId, unitId, regionId });
    await anHourEntry(ctx, { personId, unitId, day: `${YEAR}-06-01`, creditSeconds: HOUR });
    const asked = { place: { ...NO_PLACE, regionId }, day: LAST_DAY, persons };
    const page = value(await unitCompletion(bureau, asked));
    expect(page.seals).toMatchObject({ units: 2, sealed: [{ sealNo }] });
    expect(page.seals && sealText(page.seals)).toBe(`${YEAR}年度 2 个单位中 1 个已封账`);
    const before = value(await unitCompletion(bureau, { ...asked, knownAt: new Date(FIRST_DAY) }));
    expect(before.seals?.sealed).toEqual([]);
  });

  it('of a year over but open says so; while the year runs there is nothing to seal', async () => {
    const { bureau, regionId } = await aConfirmedOffice();
    const place = { ...NO_PLACE, regionId };
    const over = value(await unitCompletion(bureau, { place, day: LAST_DAY, persons }));
    expect(over.seals && sealText(over.seals)).toBe(`${YEAR}年度尚未封账`);
    const today = value(await unitCompletion(bureau, { place, day: `${YEAR + 1}-01-13`, persons }));
    expect(today.seals).toBeNull();
  });
});
