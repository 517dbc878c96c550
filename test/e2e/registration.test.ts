import { describe, expect, it } from 'vitest';
import { accessibilityFindings, atRest, go, leave, posted, useBrowser } from '#test/support/browser.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, local } from '#test/support/exam-road.ts';

/**
 * From the batch to the result (domain.md §5.5): the bureau opens a batch, the unit registers, the bureau reviews, the
 * person gets a ticket, sits and reads the result. The steps lean on each other, in this order.
 */
const { enter } = useBrowser();

const known = { batch: '', title: '', name: '', registration: '', ticket: '' };

describe.sequential('registration for an exam', () => {
  it('begins with a batch: a mistake keeps what was typed, then it is opened with a remote sitting', async () => {
    const visitor = await enter('bureau', { expected: [/422/] });
    const page = await go(visitor, '/bureau/exams/batches/new');
    expect(await accessibilityFindings(page)).toEqual([]);
    // Another title each time, so that a site used before does not know the batch.
    known.title = `资格考试批次（浏览器检验${Date.now()}）`;
    await page.getByLabel('批次名称').fill(known.title);
    await page.getByLabel('报名开始').fill(local(-DAY_MS));
    await page.getByLabel('报名截止').fill(local(-2 * DAY_MS));
    await page.getByLabel('撤报截止').fill(local(5 * DAY_MS));
    await page.getByRole('button', { name: '建立批次' }).click();
    await page.getByText('时间的先后不对').waitFor();
    expect(await page.getByLabel('批次名称').inputValue()).toBe(known.title);
    await page.getByLabel('报名截止').fill(local(4 * DAY_MS));
    await page.getByRole('button', { name: '建立批次' }).click();
    await page.waitForURL(/\/bureau\/exams\/batches\/[0-9a-f-]{36}/);
    known.batch = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('button', { name: '开放报名' }).click();
    await page.getByRole('button', { name: '结束报名' }).waitFor();

    await page.getByRole('link', { name: '增加场次' }).click();
    await page.waitForURL(/\/sittings\/new$/);
    await page.getByLabel('场次名称').fill(`${known.title}第一场`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('开考时间', { exact: true }).fill(local(-10 * MINUTE_MS));
    await page.getByLabel('最迟入场').fill(local(3 * HOUR_MS));
    await page.getByLabel('结束时间').fill(local(5 * HOUR_MS));
    await page.getByLabel('最早交卷').fill('0');
    await page.getByRole('radio', { name: '自行开始（从本人开始时起计时）' }).check();
    await page.getByRole('radio', { name: '远程考试（不设考场）' }).check();
    await page.getByRole('checkbox', { name: '开始作答须输入开考口令' }).uncheck();
    await page.getByRole('checkbox', { name: '换机须经监考人员允许' }).uncheck();
    await page.getByRole('radio', { name: '交卷后立即可见' }).check();
    await page.getByRole('button', { name: '增加场次' }).click();
    await page.waitForURL(/\/bureau\/exams\/batches\/[0-9a-f-]{36}\?notice=created/);
    await page.getByText(`${known.title}第一场`).first().waitFor();
    await atRest(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('goes on in the unit: the own people with verdicts, chosen, looked at once more, registered with the promise', async () => {
    const applicant = await enter('applicant');
    known.name = (await applicant.page.locator('summary span.truncate').first().textContent()) ?? '';
    expect(known.name).not.toBe('');
    await leave(applicant);

    const visitor = await enter('liaison', { expected: [/422/] });
    const list = await go(visitor, '/coordinate/registrations');
    expect(await accessibilityFindings(list)).toEqual([]);
    await list
      .getByRole('row', { name: new RegExp(known.title.replace(/[（）]/g, '.')) })
      .getByRole('link', { name: '报名' })
      .click();
    await list.waitForURL(/\/coordinate\/registrations\/[0-9a-f-]{36}/);
    const page = await go(
      visitor,
      `/coordinate/registrations/${known.batch}?all=on&q=${encodeURIComponent(known.name)}`,
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    await page
      .getByRole('checkbox', { name: new RegExp(`^${known.name}，|${known.name}，`) })
      .first()
      .check();
    await page.getByRole('button', { name: '为所选人员报名' }).click();
    await page.getByRole('heading', { name: '核对报名人员' }).waitFor();
    await atRest(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    // Without the promise nobody is registered, and the choice stays.
    await page.getByRole('button', { name: '提交 1 人报名' }).click();
    await page.getByText('请先核实并勾选承诺').first().waitFor();
    await page.getByRole('checkbox', { name: /本单位已核实/ }).check();
    const registered = posted(page);
    await page.getByRole('button', { name: '提交 1 人报名' }).click();
    await registered;
    await go(visitor, `/coordinate/registrations/${known.batch}?f.standing=registered`);
    await page.locator('tbody').getByRole('link', { name: '待审核' }).first().click();
    await page.waitForURL(/\/coordinate\/registrations\/person\/[0-9a-f-]{36}/);
    known.registration = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('is seen by the person on a phone while it waits', async () => {
    const visitor = await enter('applicant', { width: 390, height: 844 });
    const page = await go(visitor, '/exams');
    await page.getByRole('heading', { name: known.title }).waitFor();
    expect(await page.getByText('单位已报名，等待审核。').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('is reviewed by the bureau with the reasons, and whoever is approved gets a ticket', async () => {
    const visitor = await enter('bureau');
    const list = await go(visitor, `/bureau/exams/batches/${known.batch}`);
    await list.getByRole('link', { name: known.name }).click();
    await list.waitForURL(/\/coordinate\/registrations\/person\//);
    const { page } = visitor;
    await page.getByRole('heading', { name: `${known.name}的报名` }).waitFor();
    await page.getByLabel(/^理由/).fill('已核实拟任执法岗位');
    const approved = posted(page);
    await page.getByRole('button', { name: '审核通过' }).click();
    await approved;
    await go(visitor, `/bureau/exams/batches/${known.batch}`);
    const assigned = posted(page);
    await page.getByRole('button', { name: '编入 1 人' }).click();
    await assigned;
    await expect.poll(() => page.getByRole('button', { name: '编入 1 人' }).count()).toBe(0);
    await go(visitor, `/coordinate/registrations/person/${known.registration}`);
    known.ticket =
      (await page
        .getByText(/^\d{17}$/)
        .first()
        .textContent()) ?? '';
    expect(known.ticket).toMatch(/^\d{17}$/);
    await leave(visitor);
  });

  it('ends with the sitting and its result', async () => {
    const visitor = await enter('applicant');
    const page = await go(visitor, '/exams');
    const card = page.getByRole('article').filter({ hasText: `${known.title}第一场` });
    await card.getByText(known.ticket).first().waitFor();
    await card.getByRole('button', { name: '开始考试' }).click();
    await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByRole('button', { name: '确认交卷' }).click();
    await page.waitForURL(/\/attempts\/[^/]+\/result$/);
    await page.getByText('不合格').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('leaves the batch closed behind it', async () => {
    const visitor = await enter('bureau');
    const page = await go(visitor, `/bureau/exams/batches/${known.batch}`);
    await page.getByRole('button', { name: '结束报名' }).click();
    await page.getByRole('button', { name: '恢复报名' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出' }).click();
    expect((await download).suggestedFilename()).toContain('报名名单.xlsx');
    await leave(visitor);
  });
});
