import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { accessibilityFindings, go, leave, send, useBrowser } from '#test/support/browser.ts';
import {
  HOUR_MS,
  MINUTE_MS,
  approvePerson,
  castPerson,
  createBatch,
  idAtEnd,
  local,
  registerPerson,
} from '#test/support/exam-road.ts';
import { LOOKS, followTheSystem, problemsOf } from '#test/support/looks.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * The same road through rooms (domain.md §5.5, behaviour.md 2.3–2.4): seats and 开考口令, tickets on paper, papers sealed
 * and opened for printing by two, the door of the day, the room's code, the result when the bureau releases it. The steps
 * lean on each other, in this order.
 */
const { visit, enter } = useBrowser();
const database = useSiteDatabase();
const PACK_LIMIT = { timeout: 60_000 };

const known = {
  ...{ title: '', batch: '', sitting: '', room: '', seat: '', code: '', ticket: '', attempt: '' },
  ...{ name: '', idNumber: '' },
};
const sittingPage = (page: string): string => `/bureau/exams/sittings/${known.sitting}/${page}`;

describe.skipIf(!hasSiteDatabase()).sequential('an exam in rooms', () => {
  it('begins as every exam: a batch, a sitting in rooms, a person registered and approved', async () => {
    const seeded = await database.query<{ day: string }>(
      `select p.detail ->> 'seedDay' as day from audit_payload p join audit_event e on e.id = p.audit_event_id
       where e.action = 'demo.seed' limit 1`,
    );
    Object.assign(known, castPerson('applicant', seeded.rows[0]?.day ?? ''));
    const bureau = await enter('bureau');
    const page = await go(bureau, '/bureau/exams/batches/new');
    known.title = `考场考试（浏览器检验${Date.now()}）`;
    known.batch = await createBatch(page, known.title);
    await page.getByRole('button', { name: '开放报名' }).click();
    await page.getByRole('button', { name: '结束报名' }).waitFor();
    await page.getByRole('link', { name: '增加场次' }).click();
    await page.waitForURL(/\/sittings\/new$/);
    // Everything else stands as it is usual: rooms, 开考口令, release of devices, results by the bureau.
    await page.getByLabel('场次名称').fill(`${known.title}第一场`);
    await page.getByLabel('开考时间', { exact: true }).fill(local(-10 * MINUTE_MS));
    await page.getByLabel('最迟入场').fill(local(3 * HOUR_MS));
    await page.getByLabel('结束时间').fill(local(5 * HOUR_MS));
    await page.getByLabel('签到开始').fill(local(-40 * MINUTE_MS));
    await page.getByLabel('最早交卷').fill('0');
    await page.getByRole('radio', { name: '自行开始（从本人开始时起计时）' }).check();
    await page.getByRole('button', { name: '增加场次' }).click();
    await page.waitForURL(/\/bureau\/exams\/batches\/[0-9a-f-]{36}\?notice=created/);

    const liaison = await enter('liaison');
    await registerPerson(liaison, { batchId: known.batch, name: known.name });
    await leave(liaison);
    await approvePerson(bureau, { batchId: known.batch, name: known.name });
    await leave(bureau);
  });

  it('the bureau adds a room with its network and its invigilator, and lays the seats out; a mistake keeps what was typed', async () => {
    const visitor = await enter('bureau', { expected: [/422/] });
    const page = await go(visitor, `/bureau/exams/batches/${known.batch}`);
    await page.getByRole('link', { name: '考场编排' }).click();
    await page.waitForURL(/\/sittings\/[0-9a-f-]{36}\/rooms$/);
    known.sitting = new URL(page.url()).pathname.split('/').at(-2) ?? '';
    await page.getByText('请先在下面添加考场').waitFor();
    await page.getByLabel('地点').fill('市司法局三楼机房');
    await page.getByLabel('排数').fill('4');
    await page.getByLabel('列数').fill('5');
    await page.getByLabel('考场网络地址').fill('三楼');
    await page.getByRole('button', { name: '添加考场' }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await page.getByLabel('地点').inputValue()).toBe('市司法局三楼机房');
    await page.getByLabel('考场网络地址').fill('127.0.0.0/8\n::1');
    await send(page, '添加考场');
    await page.getByRole('heading', { name: '第1考场' }).waitFor();
    await page.getByText('修改考场').click();
    await page.getByRole('group', { name: '监考人员' }).getByRole('checkbox').first().check();
    await send(page, '保存监考安排');
    await page.getByRole('button', { name: '编排 1 人' }).click();
    await page.getByText('已编排 1 人，准考证号和座位已生成').waitFor();
    await page.getByRole('link', { name: /显示开考口令/ }).click();
    await page.getByText('开考口令', { exact: true }).waitFor();
    known.code = await page.locator('dd strong').first().innerText();
    expect(known.code).toMatch(/^[0-9A-Z]{3} ?[0-9A-Z]{3}$/);
    expect(await accessibilityFindings(page)).toEqual([]);
    const plan = await go(visitor, sittingPage('seats'));
    const tile = await plan.locator('td', { hasText: known.name }).innerText();
    [known.seat = '', , , known.ticket = ''] = tile.split('\n').map((line) => line.trim());
    expect([known.seat, known.ticket]).toEqual([
      expect.stringMatching(/^\d\d$/),
      expect.stringMatching(/^\d{17}$/),
    ]);
    await leave(visitor);
  });

  it('every paper of the exam comes in one file, with the ticket that bears name, number, room and seat', async () => {
    const visitor = await enter('bureau');
    const page = await go(visitor, `/bureau/exams/${known.sitting}/papers`);
    await page.getByRole('button', { name: '打包整套文书' }).click();
    await page.getByRole('link', { name: '下载压缩包（.zip）' }).waitFor(PACK_LIMIT);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载压缩包（.zip）' }).click();
    const pack = unzipSync(new Uint8Array(await readFile(await (await download).path())));
    const names = Object.keys(pack);
    for (const part of ['考试通知', '门贴', '桌贴', '座次表', '考场编排表', '考生须知', '监考守则'])
      expect(
        names.some((name) => name.includes(part)),
        `${part} in ${names.join('、')}`,
      ).toBe(true);
    const ticket = names.find((name) => name.includes(`准考证（${known.name} ${known.ticket}）`)) ?? '';
    const words = new TextDecoder().decode(unzipSync(pack[ticket] ?? new Uint8Array())['word/document.xml']);
    for (const part of [known.name, known.ticket, '第1考场', `${known.seat} 号`, '市司法局三楼机房'])
      expect(words).toContain(part);
    expect(words).not.toContain(known.idNumber);
    await leave(visitor);
  });

  it('one seals the papers and another confirms, without JavaScript too; who has asked cannot confirm', async () => {
    const one = await enter('bureau');
    const asking = await go(one, sittingPage('seal'));
    await send(asking, '提请封卷');
    await asking.getByText('等待复核').first().waitFor();
    expect(await asking.getByRole('button', { name: '复核封卷' }).count()).toBe(0);
    expect(await accessibilityFindings(asking)).toEqual([]);

    const two = await enter('bureau2', { javaScript: false });
    const { page } = two;
    await page.goto(sittingPage('seal'));
    await page.getByRole('button', { name: '复核封卷' }).click();
    await page.getByRole('heading', { name: '第 1 次封卷' }).waitFor();
    await page.getByText('封存中').waitFor();

    await go(one, sittingPage('seal'));
    await send(asking, '提请启封印制');
    await page.goto(sittingPage('seal'));
    await page.getByRole('button', { name: '复核启封' }).click();
    await page.getByText('已启封', { exact: true }).waitFor();
    await leave(one);
    await two.context.close();
  });

  it('the day before, ticket and ID number open a check of the machine and a rehearsal, and nothing else', async () => {
    const shift = (by: string) =>
      database.query(
        `update exam_sitting set opens_at = opens_at + $2::interval, check_in_from = check_in_from + $2::interval,
           latest_entry_at = latest_entry_at + $2::interval, hard_end_at = hard_end_at + $2::interval where id = $1`,
        [known.sitting, by],
      );
    await shift('1 day');
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await followTheSystem(visitor);
    const fit = async () => {
      const problems: string[] = [];
      for (const look of LOOKS) problems.push(...(await problemsOf(page, look)));
      expect(problems).toEqual([]);
    };
    await page.goto('/exam-door');
    await page.getByLabel('准考证号').fill(known.ticket);
    await page.getByLabel('身份证号').fill(known.idNumber);
    await page.keyboard.press('Enter');
    await page.waitForURL('/exam-door/check');
    await page.getByText(/未到签到时间，.* 起可以签到/).waitFor();
    await page.getByText('本机在考场网络内').waitFor();
    await page.getByText(`第1考场 ${Number(known.seat)} 号座位`).waitFor();
    await fit();
    await page.getByRole('button', { name: '开始检测' }).click();
    await page.getByText('断网时可以刷新考试页面').waitFor(PACK_LIMIT);
    await page.getByRole('button', { name: '保存检测结果' }).click();
    await page.getByRole('heading', { name: '最近一次检测' }).waitFor();
    await page.getByText('已保存。').waitFor();
    await fit();
    for (const closed of ['/exam-door/seat', '/exam-door', '/exams', '/exams/check']) {
      await page.goto(closed);
      await page.waitForURL('/exam-door/check');
    }
    await page.getByRole('link', { name: '进入演练' }).click();
    await page.waitForURL(/\/attempts\/rehearsal\/[0-9a-f-]{36}\?registration=/);
    await page.locator('input[name="q1"]').first().check();
    await expect.poll(() => page.locator('[data-save-state]').innerText()).toMatch(/^已保存 1\/6/);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByRole('button', { name: '确认交卷' }).click();
    await page.waitForURL(/\/exam-door\/check/);
    await page.getByText('最近一次完成').waitFor();
    // 签到 has begun: the same link leads to it, and only signing in anew leads on.
    await shift('-1 day');
    await database.query(
      `update account_session set bound_until = now() where bound_to =
        (select id from exam_registration where ticket_no = $1)`,
      [known.ticket],
    );
    await page.getByRole('link', { name: '到时间后，点此签到' }).click();
    await page.waitForURL('/exam-door');
    await page.goto('/exam-door/check');
    await page.waitForURL('/exam-door');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('the candidate signs in with ticket and ID number and nothing else; the code of the room opens the paper', async () => {
    const visitor = await visit({ width: 1024, height: 700, expected: [/status of 4\d\d/] });
    const { page } = visitor;
    await page.goto('/exam-door');
    await page.getByLabel('准考证号').fill(known.ticket);
    await page.getByLabel('身份证号').fill('990004199001010018');
    await page.keyboard.press('Enter');
    await page.getByText('准考证号或身份证号不对').waitFor();
    expect(await page.getByLabel('准考证号').inputValue()).toBe(known.ticket);
    expect(await page.getByLabel('身份证号').inputValue()).toBe('');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('身份证号').fill(known.idNumber);
    await page.keyboard.press('Enter');
    await page.waitForURL('/exam-door/seat');
    await page.getByText(`第1考场 ${Number(known.seat)} 号座位`).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    // Nothing but this exam is open to whoever came in by the door.
    await page.goto('/me');
    await page.waitForURL('/exam-door/seat');

    await page.getByLabel('开考口令').fill(known.code === 'AAAAAA' ? 'CCCCCC' : 'AAAAAA');
    await page.getByRole('button', { name: '开始考试' }).click();
    await page.getByText('开考口令不对').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    // Without scripts: the code is typed again where it was refused.
    await page.getByLabel('开考口令').fill(known.code.toLowerCase());
    await page.getByRole('button', { name: '提交口令' }).click();
    await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
    known.attempt = idAtEnd(page);
    await page.locator('input[name="q1"]').first().check();
    await expect.poll(() => page.locator('[data-save-state]').innerText()).toMatch(/^已保存 1\/80/);

    const watching = await enter('invigilator');
    const board = await go(watching, `/invigilate/${known.sitting}`);
    const tile = board.getByRole('listitem').filter({ hasText: known.name });
    await expect.poll(() => tile.innerText()).toMatch(/作答中[\s\S]*已答 1\/80/);
    await leave(watching);

    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByRole('button', { name: '确认交卷' }).click();
    await page.waitForURL('/exam-door/seat');
    await page.getByRole('heading', { name: '已交卷' }).waitFor();
    await page.getByRole('button', { name: '退出签到' }).click();
    await page.waitForURL('/exam-door');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('the result waits for the bureau, and is read at home once it is released', async () => {
    const candidate = await enter('applicant', { width: 390, height: 844 });
    const result = await go(candidate, `/attempts/${known.attempt}/result`);
    expect(await result.getByText('不合格').count()).toBe(0);
    await go(candidate, '/exams');
    const card = result.getByRole('article').filter({ hasText: `${known.title}第一场` });
    await card.getByText('成绩待发布').waitFor();

    // The time of entry is over.
    await database.query(
      `update exam_sitting set opens_at = now() - interval '2 hours', check_in_from = now() - interval '3 hours',
         latest_entry_at = now() - interval '1 second' where id = $1`,
      [known.sitting],
    );
    const bureau = await enter('bureau');
    const page = await go(bureau, `/bureau/exams/batches/${known.batch}`);
    await page.getByRole('button', { name: '发布成绩' }).click();
    await page.getByRole('button', { name: '发布 1 人的成绩' }).click();
    await page.getByText('已发布').first().waitFor();
    await page.getByRole('button', { name: '结束报名' }).click();
    await page.getByRole('button', { name: '恢复报名' }).waitFor();
    await leave(bureau);

    await go(candidate, `/attempts/${known.attempt}/result`);
    await result.getByText('不合格').first().waitFor();
    expect(await accessibilityFindings(result)).toEqual([]);
    await leave(candidate);
  });
});
