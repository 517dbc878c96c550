import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Visitor } from '#test/support/browser.ts';
import { accessibilityFindings, expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';

/**
 * The invigilator's board in real Chromium, beside the candidate's page: the demo city's sitting that is in full swing.
 * Its candidates sit on machines elsewhere, so a candidate who comes here changes the device and needs the release.
 */
const { visit } = useBrowser();
/** A page hears of a pause with its next sign of life, at most 19 s later. */
const HEARD = { timeout: 45_000 };
const REFUSED = [/status of 409/, /status of 422/];

async function openBoard(visitor: Visitor, login = 'invigilator'): Promise<Page> {
  await signIn(visitor, login);
  const { page } = visitor;
  await page.goto('/invigilate');
  await page.getByRole('link', { name: /正在进行/ }).click();
  await page.waitForURL(/\/invigilate\/[0-9a-f-]{36}$/);
  return page;
}

interface Wanted {
  readonly target: string;
  readonly act: string;
  readonly reason: string;
  readonly note?: string;
  readonly minutes?: string;
}

/** Fills the form of an act, sends it, and tells what the page answers. */
async function doAct(page: Page, wanted: Wanted): Promise<string> {
  const form = page.getByRole('form', { name: '监考办理' });
  const target = form.getByLabel('办理对象');
  const option = await target.locator('option', { hasText: wanted.target }).first().getAttribute('value');
  await target.selectOption(option ?? '');
  await form.getByLabel('事项').selectOption({ label: wanted.act });
  await form.getByLabel('理由', { exact: true }).selectOption({ label: wanted.reason });
  if (wanted.minutes !== undefined) await form.getByLabel('延长分钟数').fill(wanted.minutes);
  if (wanted.note !== undefined) await form.getByLabel('说明').fill(wanted.note);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.getByRole('button').last().click(),
  ]);
  await answer.finished();
  const said = page.getByText(new RegExp(`^${wanted.act}：`)).first();
  await said.waitFor();
  return said.innerText();
}

const chooseSeat = (page: Page, seat: string) =>
  page.getByRole('checkbox', { name: new RegExp(`选择 ${seat} `) }).check();

describe('invigilation', () => {
  it('lets a candidate change the device after a release, pauses and resumes the room, and gives more time; the candidate goes on', async () => {
    const watching = await visit();
    const sitting = await visit({ expected: REFUSED });
    const [board] = await Promise.all([openBoard(watching), signIn(sitting, 'applicant0165')]);
    await expectQuietAndAlive(watching);
    const { page } = sitting;
    await page.goto('/exams');
    await page.getByRole('link', { name: '继续作答' }).click();
    await page.getByRole('button', { name: '转到本机继续作答' }).click();
    await page.getByText('须经监考人员同意').waitFor();

    await chooseSeat(board, '1-01');
    const released = { target: '已勾选的 1 名考生', act: '允许换机', reason: '考试设备故障' };
    expect(await doAct(board, released)).toBe('允许换机：已办理 1 人。');
    // What comes next must not be meant for whom the last act was for.
    const ticked = board.getByRole('checkbox', { name: /^选择 /, checked: true });
    await expect.poll(() => ticked.count()).toBe(0);
    await page.getByRole('button', { name: '转到本机继续作答' }).click();
    await page.locator('[data-save-state]').waitFor();

    const room = { target: '第1考场全体', reason: '网络故障', note: '交换机重启' };
    expect(await doAct(board, { ...room, act: '暂停作答' })).toMatch(/已办理 \d+ 人/);
    await board.getByText('考场暂停中').waitFor();
    await page.getByText('考试已由监考人员暂停').waitFor(HEARD);
    const stands = await page.getByRole('timer').innerText();
    expect(stands).toMatch(/^暂停/);
    expect(await doAct(board, { ...room, act: '恢复作答' })).toMatch(/已办理 \d+ 人/);
    await page.getByText('考试已由监考人员暂停').waitFor({ state: 'hidden', ...HEARD });
    await chooseSeat(board, '1-01');
    const longer = { target: '已勾选的 1 名考生', act: '延长时间', reason: '考试设备故障', minutes: '10' };
    expect(await doAct(board, longer)).toBe('延长时间：已办理 1 人。');

    await page.locator('input[name="q1"]').nth(1).check();
    await expect.poll(() => page.locator('[data-save-state]').innerText(), HEARD).toMatch(/^已保存/);
    const tile = board.locator('li', { has: board.getByRole('checkbox', { name: /选择 1-01 / }) });
    await expect.poll(() => tile.innerText(), HEARD).toMatch(/换机 1/);
    expect([watching.complaints, sitting.complaints]).toEqual([[], []]);
    await Promise.all([watching.context.close(), sitting.context.close()]);
  });

  it('works on a phone, by keyboard, and keeps what was typed when an act is refused', async () => {
    const visitor = await visit({ width: 390, dark: true, expected: REFUSED });
    const page = await openBoard(visitor);
    await expectQuietAndAlive(visitor);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
    ).toBe(false);
    expect(await accessibilityFindings(page)).toEqual([]);
    const boxes = page.getByRole('checkbox', { name: /^选择 / });
    await boxes.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await boxes.nth(1).isChecked()).toBe(true);
    const form = page.getByRole('form', { name: '监考办理' });
    await form.getByLabel('事项').selectOption({ label: '结束作答' });
    await form.getByLabel('理由', { exact: true }).selectOption({ label: '疑似违纪，待核实' });
    await form.getByRole('button').last().click();
    await page.getByRole('alert').getByText('请写明具体情况').waitFor();
    expect(await form.getByLabel('理由', { exact: true }).inputValue()).toBe('suspected_misconduct');
    expect(await boxes.nth(1).isChecked()).toBe(true);
    await visitor.context.close();
  });

  it('shows and acts without scripts, too: filter, choose, send, read what was done', async () => {
    const visitor = await visit({ javaScript: false });
    const page = await openBoard(visitor);
    await page.getByLabel('姓名、单位、准考证号或座位').fill('1-02');
    await page.getByRole('button', { name: '筛选' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: /^选择 / }).count()).toBe(1);
    await page.getByRole('checkbox', { name: /^选择 / }).check();
    const form = page.getByRole('form', { name: '监考办理' });
    await form.getByLabel('事项').selectOption({ label: '发送通知' });
    await form.getByLabel('通知内容').fill('请保持安静。');
    await form.getByLabel('理由', { exact: true }).selectOption({ label: '按考务规程办理' });
    await form.getByRole('button').last().click();
    await page.getByText('发送通知：已办理 1 人。').waitFor();
    await visitor.context.close();
  });

  it('replays an attempt for a reason, at a second that is chosen, and proposes nothing by itself', async () => {
    const visitor = await visit({ expected: REFUSED });
    const page = await openBoard(visitor, 'bureau');
    await page
      .locator('li', { has: page.getByRole('checkbox', { name: /选择 1-17 / }) })
      .getByRole('link')
      .click();
    await page.getByRole('link', { name: '作答回放' }).click();
    await page.getByRole('button', { name: '查看回放' }).click();
    await page.getByText('请填写查看回放的事由').waitFor();
    await page.getByLabel('事由').fill('考生书面申请复核');
    await page.getByRole('button', { name: '查看回放' }).click();
    await page.getByText('查看事由：考生书面申请复核').waitFor();
    await page.getByRole('slider').fill('0');
    await page.getByText('0/80 题').first().waitFor();
    await expect.poll(() => page.getByRole('table').innerText()).toMatch(/换到另一台设备/);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});
