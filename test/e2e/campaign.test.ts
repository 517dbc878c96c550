import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  type Visitor,
  accessibilityFindings,
  expectQuietAndAlive,
  go,
  leave,
  posted,
  send,
  signIn,
  useBrowser,
} from '#test/support/browser.ts';

/**
 * The yearly confirmation of entities from the notice to the announcement, each step by the person whose step it is: two
 * units answer, one is late (YC1). The steps lean on each other, in this order.
 */
const { visit, enter } = useBrowser();

const TITLE = '主体资格确认（浏览器检验）';
const known = { units: [] as string[], campaign: '' };

/** The unit a liaison answers for, as its list of tasks calls it. */
async function ownUnit(login: string): Promise<string> {
  const visitor = await enter(login);
  const page = await go(visitor, '/coordinate/campaigns');
  const name = await page.locator('tbody tr').first().locator('td').nth(1).innerText();
  await leave(visitor);
  return name.trim();
}

async function openOwnPart(visitor: Visitor): Promise<Page> {
  const page = await go(visitor, `/coordinate/campaigns/${known.campaign}`);
  await page.waitForURL(/unit=/);
  await expectQuietAndAlive(visitor);
  return page;
}

describe.sequential('the confirmation of entities', () => {
  it('is sent down by the bureau to three units, with the deadline in 工作日', async () => {
    known.units = [await ownUnit('liaison'), await ownUnit('liaison2')];
    const visitor = await enter('bureau');
    const list = await go(visitor, '/bureau/campaigns');
    expect(await accessibilityFindings(list)).toEqual([]);
    await list.locator('tbody a').first().click();
    const units = list.getByRole('region', { name: '各单位填报情况' }).locator('tbody a');
    await expect.poll(() => units.count()).toBeGreaterThan(2);
    await expectQuietAndAlive(visitor);
    expect(await accessibilityFindings(list)).toEqual([]);
    const names = await units.allInnerTexts();
    const third = names.map((name) => name.trim()).find((name) => name !== '' && !known.units.includes(name));
    known.units.push(third ?? '');
    const page = await go(visitor, '/bureau/campaigns/new');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('任务名称').fill(TITLE);
    await page.getByLabel('只下发给这些单位').fill(known.units.join('\n'));
    await page.getByRole('button', { name: '下发', exact: true }).click();
    await page.waitForURL(/\/bureau\/campaigns\/[0-9a-f-]{36}/);
    known.campaign = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await expect.poll(() => page.getByText('0/3').count()).toBeGreaterThan(0);
    await leave(visitor);
  });

  it('is answered by one liaison on a phone with one click', async () => {
    const visitor = await enter('liaison', { width: 390, height: 844 });
    const page = await openOwnPart(visitor);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '与上年一致，提交' }).click();
    await expect.poll(() => page.getByRole('heading', { name: '已提交的填报' }).count()).toBe(1);
    await leave(visitor);
  });

  it('is answered by the other without JavaScript, with a change; mistakes keep what was typed', async () => {
    // Another address each time, so that a site used before also sees a change.
    const address = `新区人民路 ${known.campaign.slice(-4)} 号`;
    const visitor = await visit({ javaScript: false });
    await signIn(visitor, 'liaison2');
    const { page } = visitor;
    await page.goto(`/coordinate/campaigns/${known.campaign}`);
    await page.getByLabel(/本年情况$/).selectOption({ label: '有变更' });
    await page.getByText('填写变更或撤销的内容').click();
    await page.getByLabel('地址').first().fill(address);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('请说明事由').first().waitFor();
    expect(await page.getByLabel('地址').first().inputValue()).toBe(address);
    await page.getByLabel('事由').first().fill('办公地址变更');
    await page.getByLabel('依据文号').first().fill('演示〔2026〕迁址8号');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { name: '已提交的填报' }).waitFor();
    await visitor.context.close();
  });

  it('the late unit is reminded, with a text for the work group', async () => {
    const visitor = await enter('bureau');
    const page = await go(visitor, `/bureau/campaigns/${known.campaign}`);
    expect(await page.getByLabel('发到工作群的文字').inputValue()).toContain(known.units[2] ?? '–');
    await page.getByRole('button', { name: '向 1 个未报单位发送催报通知' }).click();
    await expect.poll(() => page.getByText('催报').count()).toBeGreaterThan(1);
    await leave(visitor);
  });

  it('the bureau accepts the unchanged in bulk, returns the change with a reason, and accepts it the second time', async () => {
    const visitor = await enter('bureau');
    const page = await go(visitor, `/bureau/campaigns/${known.campaign}`);
    await page.getByRole('button', { name: '通过全部“与上年一致”的 1 份' }).click();
    await expect.poll(() => page.getByText('其中“与上年一致” 0').count()).toBe(1);
    await page.getByRole('link', { name: known.units[1] ?? '' }).click();
    await page.waitForURL(/\/targets\//);
    await expectQuietAndAlive(visitor);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('退回理由').fill('请补充房屋权属文件文号');
    await send(page, '退回单位');
    await expect.poll(() => page.getByRole('button', { name: '审核通过' }).count()).toBe(0);

    const unit = await enter('liaison2');
    const answer = await openOwnPart(unit);
    expect(await answer.getByText('请补充房屋权属文件文号').count()).toBeGreaterThan(0);
    await answer.getByLabel('依据文号').first().fill('演示〔2026〕迁址9号');
    await answer.getByRole('button', { name: '提交', exact: true }).click();
    await expect.poll(() => answer.getByRole('heading', { name: '已提交的填报' }).count()).toBe(1);
    await leave(unit);

    await page.reload();
    await expectQuietAndAlive(visitor);
    // While it is under way the button says something else: the answer is what counts.
    const answered = posted(page);
    await page.getByRole('button', { name: '审核通过' }).click();
    expect((await answered).ok()).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: '审核通过' }).count()).toBe(0);
    await leave(visitor);
  });

  it('the second officer enters the approval with its number and day, and the announcement', async () => {
    const visitor = await enter('bureau2');
    const page = await go(visitor, `/bureau/campaigns/${known.campaign}`);
    await page.getByLabel('批准文号').fill('演示政〔2026〕88号');
    await page.getByRole('button', { name: '登记批准' }).click();
    await expect.poll(() => page.getByLabel(/^公告文字/).count()).toBe(1);
    const text = await page.getByLabel(/^公告文字/).inputValue();
    expect(text).toContain('演示政〔2026〕88号');
    expect(text).not.toContain(known.units[2]);
    await page.getByLabel('公告载体').fill('市政府网站');
    await page.getByRole('button', { name: '登记公告' }).click();
    await expect.poll(() => page.getByText('见市政府网站').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });
});
