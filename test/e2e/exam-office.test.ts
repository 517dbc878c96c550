import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectQuietAndAlive, go, leave, send, signIn, useBrowser } from '#test/support/browser.ts';
import { local } from '#test/support/exam-road.ts';
import { anXlsx } from '#test/support/import-files.ts';
import { LOOKS, followTheSystem, problemsOf } from '#test/support/looks.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * The bureau's desk around an exam: every page of a sitting on a phone by day and a desk screen by night, then what is
 * done there — without scripts where a form is enough, by keyboard, and with mistakes that keep what was typed.
 */
const { visit, enter } = useBrowser();
const database = useSiteDatabase();
const REFUSED = [/status of 4(09|22)/];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIMIT = { timeout: 30_000 };

/** One value the site's database knows. */
async function one(text: string, values: readonly unknown[] = []): Promise<string> {
  const { rows } = await database.query<{ value: string }>(text, [...values]);
  expect(rows.length, text).toBeGreaterThan(0);
  return rows[0]?.value ?? '';
}

/** A sitting of the demo city by the words only its title has. */
const sittingCalled = (words: string): Promise<string> =>
  one(`select id::text as value from exam_sitting where title like '%' || $1 || '%' limit 1`, [words]);

async function pagesOf(login: 'bureau' | 'invigilator'): Promise<string[]> {
  const ahead = await sittingCalled('明日开考');
  const running = await sittingCalled('正在进行');
  const printed = await sittingCalled('纸笔场次');
  if (login === 'invigilator')
    return [
      ...['codes', 'devices'].map((page) => `/invigilate/${ahead}/${page}`),
      ...['?wall=on', '/incidents'].map((page) => `/invigilate/${running}${page}`),
    ];
  const attempt = await one(
    `select a.id::text as value from attempt a join exam_registration r on r.id = a.registration_id
     where r.sitting_id = $1 order by a.id limit 1`,
    [running],
  );
  return [
    ...['rooms', 'seats', 'date', 'seal'].map((page) => `/bureau/exams/sittings/${ahead}/${page}`),
    ...['seal', 'key-in'].map((page) => `/bureau/exams/sittings/${printed}/${page}`),
    `/bureau/exams/sittings/${printed}/key-in/sheet?ticket=${await unreadTicket(printed, 0)}`,
    ...['late', 'papers'].map((page) => `/bureau/exams/${running}/${page}`),
    `/bureau/exams/replay/${attempt}`,
    `/invigilate/${running}/incidents`,
  ];
}

/** A desk of the printed sitting whose sheet nobody has read. */
const unreadTicket = (sittingId: string | undefined, nth: number): Promise<string> =>
  one(
    `select r.ticket_no as value from exam_registration r where r.sitting_id = $1
       and not exists (select from answer_sheet_entry e where e.registration_id = r.id)
     order by r.ticket_no offset $2 limit 1`,
    [sittingId, nth],
  );

describe.skipIf(!hasSiteDatabase())('every page of a sitting', () => {
  it.each(['bureau', 'invigilator'] as const)(
    'is quiet, alive, accessible and as wide as its window for %s',
    async (login) => {
      const visitor = await visit();
      await followTheSystem(visitor);
      await signIn(visitor, login);
      const problems: string[] = [];
      for (const address of await pagesOf(login)) {
        const answer = await visitor.page.goto(address);
        expect(answer?.status(), address).toBe(200);
        await expectQuietAndAlive(visitor);
        for (const look of LOOKS) problems.push(...(await problemsOf(visitor.page, look)));
      }
      expect(problems).toEqual([]);
      await leave(visitor);
    },
  );
});

describe.skipIf(!hasSiteDatabase())('the rooms of a sitting', () => {
  it('a person is moved to another seat without scripts; a taken seat keeps the reason that was typed', async () => {
    const sitting = await sittingCalled('明日开考');
    const visitor = await enter('bureau', { javaScript: false });
    const { page } = visitor;
    await page.goto(`/bureau/exams/sittings/${sitting}/seats`);
    await page
      .getByRole('navigation', { name: '考场' })
      .getByRole('link', { name: /^第3考场/ })
      .click();
    await page.getByRole('heading', { name: /^第3考场/ }).waitFor();
    const form = page.locator('form#move');
    const person = await form.getByLabel('考生').locator('option').nth(1).getAttribute('value');
    const move = async (seat: string): Promise<void> => {
      await form.getByLabel('考生').selectOption(person ?? '');
      await form.getByLabel('座位号').fill(seat);
      await form.getByLabel('调整原因').fill('行动不便，调至靠门座位');
      await form.getByRole('button', { name: '调整座位' }).click();
    };
    await move('999');
    expect(await form.getByLabel('座位号').getAttribute('aria-invalid')).toBe('true');
    expect(await form.getByLabel('调整原因').inputValue()).toBe('行动不便，调至靠门座位');
    const free = page.locator('td', { hasText: '空座' }).last().locator('span').first();
    const seatNo = (await free.innerText()).trim();
    const name =
      (await form.getByLabel('考生').locator('option:checked').innerText()).split(/[ （]/)[1] ?? '';
    await move(String(Number(seatNo)));
    await page.locator('td', { hasText: seatNo }).filter({ hasText: name }).waitFor();
    await visitor.context.close();
  });

  it('the date is changed without scripts, said beforehand for how many, and every ticket is a new one', async () => {
    const sitting = await sittingCalled('明日开考');
    const before = await one(`select min(ticket_no) as value from exam_registration where sitting_id = $1`, [
      sitting,
    ]);
    const visitor = await enter('bureau', { javaScript: false });
    const { page } = visitor;
    await page.goto(`/bureau/exams/sittings/${sitting}/date`);
    const form = page.locator('form#date');
    const button = form.getByRole('button', { name: /^改期并更换 \d+ 张准考证$/ });
    await form.getByLabel('改期原因').fill('考点停电检修');
    await form.getByLabel('新的开考时间').fill(local(-DAY_MS));
    await button.click();
    expect(await form.getByLabel('新的开考时间').getAttribute('aria-invalid')).toBe('true');
    expect(await form.getByLabel('改期原因').inputValue()).toBe('考点停电检修');
    await form.getByLabel('新的开考时间').fill(local(3 * DAY_MS));
    await button.click();
    await page
      .getByRole('row', { name: /考点停电检修/ })
      .first()
      .waitFor();
    const after = await one(`select min(ticket_no) as value from exam_registration where sitting_id = $1`, [
      sitting,
    ]);
    expect(after > before).toBe(true);
    await visitor.context.close();
  });
});

/** What the blind form asks for, question by question, answered as somebody with a sheet of As would. */
async function fillSheet(page: Page, change: (label: string, text: string) => string = (_, text) => text) {
  for (const field of await page.locator('form#sheet input[name^="from"]').all()) {
    const name = (await field.getAttribute('name')) ?? '';
    const hint = await field.evaluate(
      (input) => input.closest('section, div.rounded-md')?.querySelector('p')?.textContent ?? '',
    );
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    const [first = 0, last = 0] = (/(\d+)–(\d+)/.exec(label) ?? []).slice(1).map(Number);
    const count = last - first + 1;
    const one = hint.includes('T') ? 'T' : hint.includes('空一格') ? 'AB ' : 'A';
    await page.locator(`form#sheet input[name="${name}"]`).fill(change(name, one.repeat(count).trim()));
  }
}

describe.skipIf(!hasSiteDatabase()).sequential('answer sheets of an exam on paper', () => {
  const known = { printed: '', same: '', other: '' };

  it('are read by one person with the keyboard, without scripts; a mistake keeps everything typed', async () => {
    known.printed = await sittingCalled('纸笔场次');
    known.same = await unreadTicket(known.printed, 0);
    known.other = await unreadTicket(known.printed, 1);
    const visitor = await enter('bureau', { javaScript: false });
    const { page } = visitor;
    const open = (ticket: string) =>
      page.goto(`/bureau/exams/sittings/${known.printed}/key-in/sheet?ticket=${ticket}`);
    await open(known.same);
    await fillSheet(page, (name, text) => (name === 'from1' ? 'AAA' : text));
    await page.locator('form#sheet input[name="from1"]').press('Enter');
    await page
      .getByText(/应录入 10 个答案，现有 3 个/)
      .first()
      .waitFor();
    expect(await page.locator('form#sheet input[name="from11"]').inputValue()).toBe('AAAAAAAAAA');
    await page.locator('form#sheet input[name="from1"]').fill('AAAAAAAAAA');
    await page.locator('form#sheet input[name="from1"]').press('Enter');
    await page.getByText(/1 份等待另一人录入/).waitFor();
    await open(known.other);
    await fillSheet(page);
    await page.getByRole('button', { name: '提交录入' }).click();
    await page.getByText(/1 份等待另一人录入/).waitFor();
    // Blind for whoever has read it already.
    await open(known.same);
    await page.getByText('您已录入过这份答题卡').waitFor();
    await visitor.context.close();
  });

  it('are read again from a workbook by another; what is wrong is named by its cell, and two alike are marked', async () => {
    const visitor = await enter('bureau2', { expected: REFUSED });
    const page = await go(visitor, `/bureau/exams/sittings/${known.printed}/key-in`);
    const questions = Array.from({ length: 80 }, (_, index) => index + 1);
    const types = await database.query<{ position: number; type: string }>(
      `select (i ->> 'position')::int as position, i ->> 'type' as type
       from paper p join exam_registration r on r.id = p.registration_id,
         jsonb_array_elements(p.content -> 'items') i where r.ticket_no = $1`,
      [known.same],
    );
    const typeAt = new Map(types.rows.map(({ position, type }) => [position, type]));
    const readAs = (position: number): string =>
      ({ single: 'A', multiple: 'AB', true_false: '√' })[typeAt.get(position) ?? ''] ?? '';
    const workbook = (third: string) =>
      anXlsx([
        {
          rows: [
            ['准考证号', ...questions.map(String)],
            [known.same, ...questions.map(readAs)],
            [known.other, ...questions.map((position) => (position === 3 ? third : readAs(position)))],
          ],
        },
      ]);
    const send = async (third: string): Promise<void> => {
      await page.getByLabel('答题卡工作簿').setInputFiles({
        name: '答题卡.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from(await workbook(third)),
      });
      await page.getByRole('button', { name: '导入', exact: true }).click();
    };
    await send('Z');
    await page.getByText('D3', { exact: true }).waitFor();
    await page.getByText('第 3 题没有选项“Z”').waitFor();
    await expectQuietAndAlive(visitor);
    await send('B');
    await page.getByText(/1 份两遍一致已入库评分，1 份不一致待核定/).waitFor();
    await leave(visitor);
  });

  it('are settled by a third where two differ, and only there', async () => {
    const visitor = await enter('invigilator', { width: 390, height: 844 });
    const page = await go(
      visitor,
      `/bureau/exams/sittings/${known.printed}/key-in/sheet?ticket=${known.other}`,
    );
    await page.getByText('两遍录入有 1 题不一致').waitFor();
    await page.getByLabel(/^第 3 题/).fill('b');
    await page.keyboard.press('Enter');
    await page.getByText(/1 份两遍一致已入库评分/).waitFor();
    await leave(visitor);
  });
});

describe.skipIf(!hasSiteDatabase())('what an exam leaves to decide', () => {
  it('answers that came after the end count when one proposes and another agrees, without scripts', async () => {
    await database.query(`
      insert into course_completion (id, person_id, course_version_id, year, occurred_at)
      select gen_random_uuid(), a.person_id, v.id, extract(year from now())::int, now()
      from account a, course c join course_version v on v.course_id = c.id
      where a.login = 'applicant0118' and c.slug = 'quick-start' on conflict do nothing`);
    const name = await one(`select display_name as value from account where login = 'applicant0118'`);
    const candidate = await enter('applicant0118', {
      expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /__manifest/],
    });
    const { page } = candidate;
    await page.goto('/exams');
    await page.getByRole('button', { name: /^(开始考试|再考一次)$/ }).click();
    await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
    await expectQuietAndAlive(candidate);
    const attempt = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? '';
    await page.locator('input[name="q1"]').first().check();
    await page
      .getByText(/已保存 1\/80/)
      .first()
      .waitFor();
    await candidate.context.setOffline(true);
    await page.locator('input[name="q1"]').nth(1).check();
    // Not earlier: an attempt does not end before it began, and this one is a second old.
    await database.query(`update attempt set deadline_at = now(), close_at = now() where id = $1`, [attempt]);
    const value = (text: string) => () => one(text, [attempt]);
    await expect.poll(value('select state as value from attempt where id = $1'), LIMIT).toBe('finalised');
    await candidate.context.setOffline(false);
    const late = `select count(*)::text as value from answer_event where attempt_id = $1 and standing = 'late'`;
    await expect.poll(value(late), LIMIT).toBe('1');
    await candidate.context.close();

    const sitting = await one(
      `select r.sitting_id::text as value from attempt a join exam_registration r on r.id = a.registration_id
       where a.id = $1`,
      [attempt],
    );
    const maker = await enter('bureau', { javaScript: false });
    await maker.page.goto(`/bureau/exams/${sitting}/late`);
    const asked = maker.page.getByRole('form', { name: `提请计入 ${name}` });
    await asked.getByLabel('原因').selectOption({ label: '考场网络中断' });
    await asked.getByRole('button').click();
    expect(await asked.getByLabel('原因').locator('option:checked').innerText()).toBe('考场网络中断');
    await asked.getByLabel('查明的情况和理由').fill('交换机重启，监考记录在案。');
    await asked.getByRole('button').click();
    await maker.page.getByText('由您提请，须由另一名经办人员复核').waitFor();
    await maker.context.close();

    const checker = await enter('bureau2');
    const desk = await go(checker, `/bureau/exams/${sitting}/late`);
    await desk.getByRole('button', { name: `同意计入${name}的成绩` }).click();
    await desk.getByText('逾时的作答均已计入').first().waitFor();
    await leave(checker);
  });

  it('what happened in a room is written down without scripts, and the bureau draws the sheet of the room', async () => {
    const running = await sittingCalled('正在进行');
    const writing = await enter('invigilator', { javaScript: false });
    const { page } = writing;
    await page.goto(`/invigilate/${running}/incidents`);
    const form = page.getByRole('form', { name: '登记情况' });
    await form.getByLabel('情形').selectOption({ index: 1 });
    await form.getByLabel('经过').fill('空调故障，室温偏高。');
    await form.getByRole('button', { name: '登记' }).click();
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    expect(await form.getByLabel('经过').inputValue()).toBe('空调故障，室温偏高。');
    await form.getByLabel('现场处理').fill('开窗通风，报修。');
    await form.getByRole('button', { name: '登记' }).click();
    await page.getByText('空调故障，室温偏高。').first().waitFor();
    await writing.context.close();

    const drawing = await enter('bureau');
    const desk = await go(drawing, `/invigilate/${running}/incidents`);
    await desk.getByLabel('文书').first().selectOption({ label: '考场情况记录单（第1考场）' });
    await send(desk, '出具文书');
    await desk.waitForURL(/\/documents\/[0-9a-f-]{36}/);
    await leave(drawing);
  });

  it('the device checks of a sitting are listed by seat and narrowed to those who have none', async () => {
    const ahead = await sittingCalled('明日开考');
    const visitor = await enter('invigilator', { width: 390, height: 844 });
    const page = await go(visitor, `/invigilate/${ahead}/devices?f.state=unchecked`);
    await page.getByText('未检测').first().waitFor();
    const cells = await page.locator('tbody tr').allInnerTexts();
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.every((text) => text.includes('未检测'))).toBe(true);
    await leave(visitor);
  });

  it('an attempt is replayed without scripts: reason, a second, the next event', async () => {
    const running = await sittingCalled('正在进行');
    const attempt = await one(
      `select a.id::text as value from attempt a join exam_registration r on r.id = a.registration_id
       where r.sitting_id = $1 and a.device_epoch > 1 order by a.id limit 1`,
      [running],
    );
    const visitor = await enter('bureau', { javaScript: false, width: 390, height: 844 });
    const { page } = visitor;
    await page.goto(`/bureau/exams/replay/${attempt}`);
    await page.getByLabel('事由').fill('考生书面申请复核');
    await page.getByRole('button', { name: '查看回放' }).click();
    await page.getByText('查看事由：考生书面申请复核').waitFor();
    const title = () => page.getByRole('heading', { name: /的情况$/ }).innerText();
    const first = await title();
    await page.getByRole('link', { name: '上一事项' }).click();
    await expect.poll(title).not.toBe(first);
    await visitor.context.close();
  });
});
