import { describe, expect, it } from 'vitest';
import {
  type Visitor,
  accessibilityFindings,
  expectQuietAndAlive,
  signIn,
  useBrowser,
} from '#test/support/browser.ts';

const { visit, enter } = useBrowser();

/** The leader passes the office of one person of the unit to another. @returns name and things of the 交接单 */
async function passOffice(from: string, to: string): Promise<string> {
  const leader = await enter('leader');
  const { page } = leader;
  await page.goto('/tasks/handovers/new');
  const chooser = page.getByLabel('移交人');
  await chooser.selectOption({ label: await optionOf(leader, '移交人', from) });
  await page.getByRole('button', { name: '列出待交接事项' }).click();
  await page.getByRole('rowheader', { name: '1. 单位联络员' }).waitFor();
  await page.getByLabel('接收人').selectOption({ label: await optionOf(leader, '接收人', to) });
  await page.getByLabel('交接原因').fill('岗位调整');
  await page.getByRole('button', { name: /确认交接以上 \d+ 项/ }).click();
  await page.getByRole('heading', { level: 1, name: '工作交接单' }).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await expectQuietAndAlive(leader);
  const sheet = await page.locator('main').innerText();
  await leader.context.close();
  return sheet;
}

async function optionOf(visitor: Visitor, label: string, name: string): Promise<string> {
  const options = await visitor.page.getByLabel(label).locator('option').allInnerTexts();
  const found = options.find((option) => option.startsWith(name));
  if (found === undefined) throw new Error(`${name} is not offered as ${label}`);
  return found;
}

const nameOf = async (login: string): Promise<string> => {
  const visitor = await enter(login);
  // The menu of the bar tells the full name; it need not be opened for that.
  const name = await visitor.page.locator('header p.font-semibold').first().textContent();
  await visitor.context.close();
  return name?.trim() ?? '';
};

/** Whether the person may schedule classes, which is a liaison's right. */
async function maySchedule(login: string): Promise<boolean> {
  const visitor = await visit({ expected: [/403/] });
  await signIn(visitor, login);
  const answer = await visitor.page.goto('/coordinate/sessions/new');
  await visitor.context.close();
  return answer?.status() === 200;
}

describe('a liaison changes post', () => {
  it('the office passes in one act, with its sheet, and comes back the same way', async () => {
    const [liaison, officer] = [await nameOf('liaison'), await nameOf('officer')];
    expect(await maySchedule('officer')).toBe(false);

    const sheet = await passOffice(liaison, officer);
    for (const text of [liaison, officer, '岗位调整', '单位联络员']) expect(sheet).toContain(text);
    expect(await maySchedule('liaison')).toBe(false);
    expect(await maySchedule('officer')).toBe(true);

    await passOffice(officer, liaison);
    expect(await maySchedule('liaison')).toBe(true);
    expect(await maySchedule('officer')).toBe(false);
  });
});
