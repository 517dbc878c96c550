import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, formatDay, yearOf } from '#app/platform/time/day.ts';
import {
  type Visitor,
  accessibilityFindings,
  expectQuietAndAlive,
  go,
  useBrowser,
} from '#test/support/browser.ts';

/**
 * 合并乡镇 in a real browser: two townships of about forty people become one by a single act of the bureau, confirmed by
 * a second person; everybody arrives with the successor, and the figures of last year stay as they were. The steps lean
 * on each other, in this order.
 */
const { enter } = useBrowser();

const COUNTY = '云屏县';
/** Two townships without a 司法所; no other browser test comes here. */
const [FIRST, SECOND] = ['梅坪镇', '榆坪镇'] as const;
const NEW_TOWN = { name: '梅榆镇', code: '990105099' } as const;
const SUCCESSOR = { name: `${COUNTY}梅榆镇人民政府`, code: '990105099-00' } as const;
const governmentOf = (town: string): string => `${COUNTY}${town}人民政府`;
const teamOf = (town: string): string => `${COUNTY}${town}综合行政执法队`;
const ENDED = [governmentOf(FIRST), governmentOf(SECOND), teamOf(SECOND)] as const;

const TODAY: Day = dayOf(new Date());
const YESTERDAY = addDays(TODAY, -1);
const LAST_YEAR = yearOf(TODAY) - 1;
const DOCUMENT = `演政函〔${yearOf(TODAY)}〕19号`;
const TITLE = `${FIRST}、${SECOND}合并设立${NEW_TOWN.name}`;

const TREE = '/bureau/organisation';
const CHANGES = '/bureau/organisation/changes';
const PERSON_LINKS = 'table a[href^="/coordinate/roster/"]';

/** What one step learned and a later one needs: people by unit and last year's figures, before the act. */
const known = {
  people: new Map<string, readonly string[]>(),
  lastYear: [] as readonly string[],
};

/** The page as it stands lives, reports nothing and has no accessibility finding. */
async function expectSound(visitor: Visitor): Promise<void> {
  await expectQuietAndAlive(visitor);
  expect(await accessibilityFindings(visitor.page), visitor.page.url()).toEqual([]);
}

async function leave(visitor: Visitor): Promise<void> {
  await expectSound(visitor);
  await visitor.context.close();
}

/** Finds a unit on the tree page as of a day and opens it. */
async function openUnit(visitor: Visitor, name: string, day: Day): Promise<Page> {
  const page = await go(visitor, `${TREE}?${new URLSearchParams({ q: name, day })}`);
  await page.getByRole('list', { name: '查找结果' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name: '沿革' }).waitFor();
  return page;
}

/** Everybody on the roster of a unit today, by the addresses of their pages. */
async function rosterOf(visitor: Visitor, unitName: string): Promise<string[]> {
  const tree = await openUnit(visitor, unitName, TODAY);
  const unitId = new URL(tree.url()).searchParams.get('unit') ?? '';
  const page = await go(
    visitor,
    `/coordinate/roster?${new URLSearchParams({ 'f.unit': unitId, size: '50' })}`,
  );
  const links = page.locator(PERSON_LINKS);
  const people = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(await page.getByText(`符合条件 ${people.length} 人`).count()).toBe(1);
  return people.sort();
}

/** The completion page of the county, as a person drills down to it. */
async function openCounty(visitor: Visitor): Promise<Page> {
  const page = await go(visitor, '/supervise/completion');
  await page.getByRole('row').getByRole('link', { name: COUNTY, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `${COUNTY}学时达标情况` }).waitFor();
  return page;
}

/** Every line of the figures as they stand on the page: the totals on top, then the table of units with its sum. */
async function figuresOn(page: Page): Promise<string[]> {
  const totals = page.locator('main').getByText('达标率', { exact: true }).first().locator('xpath=../..');
  return [await totals.innerText(), ...(await page.getByRole('row').allInnerTexts())];
}

async function figuresOfLastYear(visitor: Visitor): Promise<string[]> {
  const page = await openCounty(visitor);
  await page.getByRole('link', { name: `${LAST_YEAR}年末` }).click();
  await page.getByText(`截至${formatDay(`${LAST_YEAR}-12-31`)} ·`).waitFor();
  await expectSound(visitor);
  return figuresOn(page);
}

const membersOf = (...units: readonly string[]): string[] =>
  units.flatMap((unit) => known.people.get(unit) ?? []).sort();

describe.sequential('two townships of forty people become one', () => {
  it('the rosters and the figures of last year are noted as they are before', async () => {
    const bureau = await enter('bureau');
    for (const town of [FIRST, SECOND])
      for (const unit of [governmentOf(town), teamOf(town)])
        known.people.set(unit, await rosterOf(bureau, unit));
    expect(membersOf(...known.people.keys()).length).toBeGreaterThanOrEqual(36);
    await leave(bureau);

    const supervisor = await enter('supervisor');
    known.lastYear = await figuresOfLastYear(supervisor);
    for (const town of [FIRST, SECOND])
      expect(known.lastYear.some((line) => line.startsWith(governmentOf(town)))).toBe(true);
    await leave(supervisor);
  });

  it('bureau files the merger with one day and one 批文号, seeing in plain words what becomes of what', async () => {
    const bureau = await enter('bureau');
    const page = await go(bureau, `${CHANGES}/new/region_merge`);
    await chooseTownships(page);
    await expectSound(bureau);
    await fillPlan(page);
    await page.getByRole('button', { name: '下一步：预览影响' }).click();
    await page.getByText(`将办理：${TITLE}`).waitFor();
    await expectSound(bureau);
    await expectPreview(page);
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    expect(await page.getByText('待复核', { exact: true }).count()).toBe(1);
    expect(await page.getByRole('button', { name: '复核同意' }).count()).toBe(0);
    await leave(bureau);
  });

  it('bureau2 confirms, and the act counts', async () => {
    const second = await enter('bureau2');
    const page = await go(second, CHANGES);
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await expectSound(second);
    await page.getByRole('button', { name: '复核同意' }).click();
    await page.getByText('已生效', { exact: true }).waitFor();
    const people = membersOf(...ENDED).length;
    expect(await page.getByText(`归属变更 ${people} 人`).count()).toBe(1);
    await leave(second);
  });

  it('the tree shows the successor with its history and yesterday the old ones; the rosters hold everybody', async () => {
    const bureau = await enter('bureau');
    const successor = await openUnit(bureau, SUCCESSOR.name, TODAY);
    const history = successor.getByRole('list', { name: `${SUCCESSOR.name}沿革` });
    for (const text of [`${formatDay(TODAY)}起`, DOCUMENT, NEW_TOWN.name])
      expect(await history.innerText()).toContain(text);
    await expectSound(bureau);
    for (const unit of ENDED) {
      const gone = await go(bureau, `${TREE}?${new URLSearchParams({ q: unit })}`);
      expect(await gone.getByText('没有找到').count(), unit).toBe(1);
    }
    const former = await openUnit(bureau, governmentOf(SECOND), YESTERDAY);
    const end = await former.getByRole('list', { name: `${governmentOf(SECOND)}沿革` }).innerText();
    expect(end).toContain(`至${formatDay(YESTERDAY)}止`);
    expect(await former.getByRole('link', { name: TITLE }).count()).toBe(1);

    expect(await rosterOf(bureau, SUCCESSOR.name)).toEqual(
      membersOf(governmentOf(FIRST), governmentOf(SECOND)),
    );
    expect(await rosterOf(bureau, teamOf(FIRST))).toEqual(membersOf(teamOf(FIRST), teamOf(SECOND)));
    await leave(bureau);
  });

  it('the figures of today name the successor, those of last year are the same digit for digit', async () => {
    const supervisor = await enter('supervisor');
    const page = await openCounty(supervisor);
    const rowsOf = async (...units: readonly string[]): Promise<number> => {
      const lines = await figuresOn(page);
      return lines.filter((line) => units.some((unit) => line.startsWith(unit))).length;
    };
    await expect
      .poll(() => page.reload().then(() => rowsOf(SUCCESSOR.name)), { timeout: 30_000, interval: 1_000 })
      .toBe(1);
    expect(await rowsOf(...ENDED)).toBe(0);
    await expectSound(supervisor);
    expect(await figuresOfLastYear(supervisor)).toEqual(known.lastYear);
    await leave(supervisor);
  });
});

/** First page of the wizard: both townships, found by their county. */
async function chooseTownships(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '查找' }).fill(COUNTY);
  await page.getByRole('button', { name: '查找' }).click();
  for (const town of [FIRST, SECOND]) await page.getByRole('checkbox', { name: `${town} ${COUNTY}` }).check();
  await page.getByRole('button', { name: '下一步：填写内容' }).click();
  await page.getByText(`已选：${FIRST}、${SECOND}`).waitFor();
}

/** Second page: a new township with a government made of both, and one team out of two. */
async function fillPlan(page: Page): Promise<void> {
  await page.getByLabel('合并后的乡镇（街道）').selectOption({ label: '新设乡镇（街道）' });
  await page.getByLabel('新设乡镇（街道）名称').fill(NEW_TOWN.name);
  await page.getByLabel('新设乡镇（街道）代码').fill(NEW_TOWN.code);
  for (const town of [FIRST, SECOND])
    await page.getByLabel(`${governmentOf(town)}的安排`).selectOption({ label: '并入新设单位' });
  await page.getByLabel(`${teamOf(SECOND)}的安排`).selectOption({ label: `并入 ${teamOf(FIRST)}` });
  await page.getByLabel('合并新设单位名称').fill(SUCCESSOR.name);
  await page.getByLabel('合并新设单位代码').fill(SUCCESSOR.code);
  await page.getByLabel('生效日期').fill(TODAY);
  await page.getByLabel('批文号').fill(DOCUMENT);
}

/** Third page: day and document once, and for each unit and its people a sentence. */
async function expectPreview(page: Page): Promise<void> {
  const shown = await page.locator('main').innerText();
  for (const text of [
    `自 ${formatDay(TODAY)} 起，依据 ${DOCUMENT}。此前各日的机构、人员归属和统计数据保持不变。`,
    `撤销，并入${NEW_TOWN.name}`,
    `新设，位于${NEW_TOWN.name}`,
    `终止，由${SUCCESSOR.name}承接`,
    `终止，由${teamOf(FIRST)}承接`,
  ])
    expect(shown).toContain(text);
  const people = page.getByRole('region', { name: '人员', exact: true });
  for (const unit of ENDED) {
    const count = membersOf(unit).length;
    const row = people.getByRole('row').filter({ hasText: `${unit}在编在册人员 ${count} 人` });
    expect(await row.innerText()).toContain('学时、证件、履历随人不变');
  }
}
