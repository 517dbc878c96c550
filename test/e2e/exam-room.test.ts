import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings, expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';
import { courseIsStudied, headSays, startExam } from '#test/support/exam-page.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * The candidate's pages in real Chromium: a whole attempt by keyboard, on 360 px, in large type, in the dark, without
 * JavaScript; messages, pauses and moved deadlines that reach the open page; the device check and the rehearsal.
 */
const { visit } = useBrowser();
/** What the invigilator's command and the sitting's settings would write; its pages are tested elsewhere. */
const site = useSiteDatabase();
const LIMIT = { timeout: 30_000 };
const LONG_MS = 120_000;

beforeAll(async () => {
  if (hasSiteDatabase()) await courseIsStudied(site, 'applicant011%');
});

const attemptOf = (page: Page): string => /\/attempts\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
const timer = (page: Page) => page.getByRole('timer').innerText();

/** The page asks the server again at once, as it does when it comes back from the background. */
const wake = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Accessible, AAA in contrast, and not wider than its window. */
async function expectFit(page: Page): Promise<void> {
  // Without motion a change of colours is over at once, and the contrast measured is that of the page at rest.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await accessibilityFindings(page, 'AAA')).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

describe.skipIf(!hasSiteDatabase())('a whole attempt', () => {
  it(
    'by keyboard alone, on the keys the page names, from the first question to the result',
    async () => {
      const visitor = await visit();
      const page = await startExam('applicant0110', visitor);
      // As a screen reader meets it: the question is the name of its group, the letter belongs to the option.
      const first = page.getByRole('group', { name: /^1\.\s?\S/ });
      expect(await first.getByRole('radio').count()).toBe(4);
      expect(await first.getByRole('radio', { name: /^A\s?\S/ }).count()).toBe(1);
      await page.getByRole('navigation', { name: '题目一览' }).waitFor();
      expect(await page.getByRole('link', { name: '第 1 题，未作答' }).getAttribute('aria-current')).toBe(
        'true',
      );
      expect(await page.getByRole('timer').getAttribute('aria-live')).toBe('off');
      // The page takes the keys as soon as it is alive, wherever the focus stands.
      for (let position = 1; position <= 80; position += 1) {
        await page.keyboard.press(position > 60 ? '1' : 'KeyB');
        if (position > 40 && position <= 60) await page.keyboard.press('KeyA');
        if (position === 7) await page.keyboard.press('KeyM');
        if (position < 80) await page.keyboard.press('ArrowRight');
      }
      await headSays(page, /^已保存 80\/80/);
      await page.getByRole('link', { name: '第 7 题，已作答，已标记' }).waitFor();
      const handIn = page.getByRole('button', { name: '交卷', exact: true });
      await handIn.focus();
      await page.keyboard.press('Enter');
      await page.getByText('全部题目均已作答').waitFor();
      for (let presses = 0; presses < 6; presses += 1) {
        if (
          await page
            .getByRole('button', { name: '确认交卷' })
            .evaluate((one) => one === document.activeElement)
        )
          break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/attempts\/[^/]+\/result$/);
      // Handing in twice leads to the same result.
      const address = page.url().replace(/\/result$/, '');
      await page.goto(address);
      await page.waitForURL(/\/result$/);
      await expectQuietAndAlive(visitor);
      await visitor.context.close();
    },
    LONG_MS,
  );

  it('on 360 px, in large type and in the dark, fits its window and reads well (AAA)', async () => {
    const visitor = await visit({ width: 360, height: 740 });
    const page = await startExam('applicant0111', visitor);
    await expectFit(page);
    await page.getByRole('button', { name: '长辈模式' }).click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('20px');
    await expectFit(page);
    await page.reload();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('20px');
    await page.locator('input[name="q1"]').first().check();
    await headSays(page, /^已保存 1\/80/);
    await page.getByRole('button', { name: '隐藏时间' }).click();
    expect(await timer(page)).toBe('时间已隐藏');
    await page.getByRole('button', { name: '整卷显示' }).click();
    await page.locator('#q-80').waitFor();
    await expectFit(page);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('还有 79 题未作答').waitFor();
    await expectFit(page);
    await page.evaluate(() => document.documentElement.classList.add('dark'));
    await expectFit(page);
    await page.setViewportSize({ width: 3840, height: 2160 });
    await expectFit(page);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('without JavaScript saves, asks what is unanswered, and hands in', async () => {
    const visitor = await visit({ width: 360, height: 740, javaScript: false });
    const { page } = visitor;
    await signIn(visitor, 'applicant0112');
    await page.goto('/exams');
    await page.getByRole('button', { name: '开始考试' }).click();
    await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
    await page.locator('input[name="q1"]').first().check();
    await page.locator('input[name="q41"]').nth(1).check();
    // Texts of a noscript are not looked for by Playwright; its elements are.
    await page.locator('noscript p').first().waitFor();
    // What is dead without JavaScript is not offered.
    for (const dead of ['逐题显示', '下一题', '标记本题', '隐藏时间', '长辈模式'])
      expect(await page.getByRole('button', { name: dead }).isVisible()).toBe(false);
    await page.getByRole('button', { name: '立即保存' }).click();
    await page.getByText('已保存 2/80').waitFor();
    expect(await page.locator('input[name="q41"]').nth(1).isChecked()).toBe(true);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('还有 78 题未作答').waitFor();
    // What is ticked now goes back with the candidate, and in with the paper; Enter only saves.
    await page.locator('input[name="q2"]').first().check();
    await page.getByRole('button', { name: '返回作答' }).click();
    await page.getByText('已保存 3/80').waitFor();
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.locator('input[name="q3"]').first().check();
    await page.keyboard.press('Enter');
    await page.getByText('已保存 4/80').waitFor();
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.locator('input[name="q4"]').first().check();
    const attemptId = attemptOf(page);
    await page.getByRole('button', { name: '确认交卷' }).click();
    await page.waitForURL(/\/result$/);
    const saved = await site.query<{ position: number }>(
      'select distinct position from answer_event where attempt_id = $1 order by position',
      [attemptId],
    );
    expect(saved.rows.map(({ position }) => position)).toEqual([1, 2, 3, 4, 41]);
    await visitor.context.close();
  });
});

describe.skipIf(!hasSiteDatabase())('what invigilators do reaches the open page', () => {
  it('a message, a moved deadline, and a pause that gives the time back', async () => {
    const visitor = await visit();
    const page = await startExam('applicant0113', visitor);
    const attemptId = attemptOf(page);
    await headSays(page, /^已保存 0\/80/);

    await site.query(
      `insert into exam_message (id, sitting_id, attempt_id, text, occurred_at)
       select gen_random_uuid(), r.sitting_id, a.id, '请保持安静。', now()
       from attempt a join exam_registration r on r.id = a.registration_id where a.id = $1`,
      [attemptId],
    );
    await site.query('update attempt set notice_no = notice_no + 1 where id = $1', [attemptId]);
    await wake(page);
    const news = page.getByRole('alert').filter({ hasText: '请保持安静。' });
    await news.waitFor(LIMIT);
    await expectFit(page);
    await page.keyboard.press('Escape');
    await news.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: '监考通知' }).waitFor();
    await page.reload();
    await expectQuietAndAlive(visitor);
    expect(await news.count()).toBe(0);

    await site.query(
      `update attempt set deadline_at = deadline_at + interval '10 minutes',
         close_at = close_at + interval '10 minutes', notice_no = notice_no + 1 where id = $1`,
      [attemptId],
    );
    await wake(page);
    await page.getByText(/比原来延后 10 分钟/).waitFor(LIMIT);
    await page.keyboard.press('Escape');

    await site.query('update attempt set paused_at = now() where id = $1', [attemptId]);
    await wake(page);
    await page.getByRole('heading', { name: '考试已由监考人员暂停' }).waitFor(LIMIT);
    expect(await timer(page)).toMatch(/^暂停 /);
    const stood = await timer(page);
    expect(await page.locator('input[name="q1"]').first().isVisible()).toBe(false);
    await page.keyboard.press('KeyA');
    await expectFit(page);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_500)));
    expect(await timer(page)).toBe(stood);
    await headSays(page, /^已保存 0\/80/);
    await site.query(
      `update attempt set deadline_at = deadline_at + (now() - paused_at), close_at = close_at + (now() - paused_at),
         paused_at = null, notice_no = notice_no + 1 where id = $1`,
      [attemptId],
    );
    await page.getByText('考试已恢复').waitFor(LIMIT);
    await page.keyboard.press('KeyA');
    await headSays(page, /^已保存 1\/80/);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('the time that is left is shown and read out once at each mark, to who has hidden the timer, too', async () => {
    const visitor = await visit();
    const page = await startExam('applicant0114', visitor);
    const attemptId = attemptOf(page);
    await page.getByRole('button', { name: '隐藏时间' }).click();
    const mark = (minutes: number) =>
      page.getByRole('alert').filter({ hasText: `距离考试结束还有 ${minutes} 分钟` });
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) {
            const said = /还有 (\d+) 分钟/.exec(node.textContent ?? '')?.[1];
            if (said !== undefined) heard.push(said);
          }
      }).observe(document.body, { childList: true, subtree: true });
    });
    const leave = async (seconds: number): Promise<void> => {
      await site.query(
        `update attempt set deadline_at = now() + make_interval(secs => $2), close_at = now() + make_interval(secs => $2 + 30),
           notice_no = notice_no + 1 where id = $1`,
        [attemptId, seconds],
      );
      await wake(page);
    };
    // Each mark is due a few seconds later; the last one also goes by itself, before it costs time to put it away.
    for (const minutes of [30, 10, 5, 1]) {
      await leave(minutes * 60 + 3);
      await mark(minutes).waitFor(LIMIT);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    expect(await timer(page)).toBe('时间已隐藏');
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([
      '30',
      '10',
      '5',
      '1',
    ]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});

describe.skipIf(!hasSiteDatabase())('leaving the page', () => {
  const kindsOf = async (attemptId: string): Promise<string[]> =>
    (
      await site.query<{ kind: string }>(
        `select kind from attempt_event where attempt_id = $1 and kind in ('focus_lost', 'focus_back', 'copied')
         order by recorded_at, kind desc`,
        [attemptId],
      )
    ).rows.map((row) => row.kind);

  it('is kept as evidence and told to the candidate, a copy as well; a reload is none', async () => {
    const visitor = await visit();
    const page = await startExam('applicant0115', visitor);
    const attemptId = attemptOf(page);
    await page.reload();
    await expectQuietAndAlive(visitor);
    await headSays(page, /^已保存 0\/80/);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      window.dispatchEvent(new Event('focus'));
    });
    await page.getByText('刚才离开了考试页面，已记录').waitFor(LIMIT);
    await page.evaluate(() =>
      getSelection()?.selectAllChildren(document.querySelector('legend') ?? document.body),
    );
    await page.keyboard.press('Control+C');
    await expect.poll(() => kindsOf(attemptId), LIMIT).toEqual(['focus_lost', 'focus_back', 'copied']);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('ends the exam where the sitting says so, with what was answered, after it was told beforehand', async () => {
    const visitor = await visit();
    const { page } = visitor;
    // A sitting of its own beside the demo exam, the same in everything but its rule.
    await site.query(`
      with strict as (
        insert into exam_sitting
        select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'title', '切屏即交卷的考试',
          'focus_policy', 'hand_in_at_once', 'is_demo', false))).* from exam_sitting s where s.is_demo limit 1
        returning id)
      insert into exam_registration
      select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'sitting_id', strict.id,
        'ticket_no', '9' || r.ticket_no))).*
      from strict, exam_registration r join account a on a.person_id = r.person_id
        join exam_sitting s on s.id = r.sitting_id and s.is_demo
      where a.login = 'applicant0117'`);
    await signIn(visitor, 'applicant0117');
    await page.goto('/exams');
    const card = page.getByRole('article').filter({ hasText: '切屏即交卷的考试' });
    await card.getByText('离开考试页面系统立即交卷').waitFor();
    await card.getByRole('button', { name: '开始考试' }).click();
    await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
    await expectQuietAndAlive(visitor);
    const attemptId = attemptOf(page);
    await page.locator('input[name="q1"]').first().check();
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.waitForURL(/\/attempts\/[^/]+\/result$/, LIMIT);
    const events = await site.query<{ kind: string; detail: object }>(
      `select kind, detail from attempt_event where attempt_id = $1 and kind in ('focus_rule_applied', 'handed_in')
       order by kind`,
      [attemptId],
    );
    expect(events.rows).toMatchObject([
      { kind: 'focus_rule_applied', detail: { focusLosses: 1, focusPolicy: 'hand_in_at_once' } },
      { kind: 'handed_in', detail: { answered: 1 } },
    ]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});

describe.skipIf(!hasSiteDatabase())('the day before', () => {
  it(
    'a candidate checks the machine, rehearses in the real room, also offline, and both are kept',
    async () => {
      const visitor = await visit({
        width: 360,
        height: 740,
        expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /__manifest/],
      });
      const { page } = visitor;
      await signIn(visitor, 'applicant0116');
      await page.goto('/exams');
      // Each exam ahead offers it; any of them will do.
      await page.getByRole('link', { name: '检测设备并演练' }).first().click();
      await page.waitForURL(/\/exams\/[0-9a-f-]{36}\/check$/);
      await expectQuietAndAlive(visitor);
      await page.getByRole('button', { name: '开始检测' }).click();
      await page.keyboard.press('KeyA');
      await page.keyboard.press('ArrowRight');
      await page.getByText('键盘可以作答').waitFor(LIMIT);
      await page.getByText('断网时可以刷新考试页面').waitFor(LIMIT);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.getByLabel('座位号或设备编号').fill('12 号');
      await page.getByRole('button', { name: '保存检测结果' }).click();
      await page.getByRole('heading', { name: '最近一次检测' }).waitFor();

      await page.getByRole('link', { name: '进入演练' }).click();
      await page.waitForURL(/\/attempts\/rehearsal\/[0-9a-f-]{36}\?registration=/);
      await expectQuietAndAlive(visitor);
      await expectFit(page);
      await page.locator('input[name="q1"]').nth(1).check();
      await headSays(page, /^已保存 1\/6/);
      const isKept = () =>
        page.evaluate(async () => {
          const kept = await caches.match(location.pathname);
          return navigator.serviceWorker.controller !== null && kept !== undefined;
        });
      await expect.poll(isKept, LIMIT).toBe(true);
      await visitor.context.setOffline(true);
      await page.keyboard.press('ArrowRight');
      await page.locator('input[name="q2"]').nth(1).check();
      await headSays(page, /网络不通/);
      await page.reload();
      await headSays(page, /网络不通|正在保存/);
      expect(await page.locator('input[name="q2"]').nth(1).isChecked()).toBe(true);
      await visitor.context.setOffline(false);
      await headSays(page, /^已保存 2\/6/);
      await page.getByRole('button', { name: '交卷', exact: true }).click();
      await page.getByRole('button', { name: '确认交卷' }).click();
      await page.waitForURL(/\/exams\/[0-9a-f-]{36}\/check/);
      await page.getByText('最近一次完成').waitFor();
      const kept = await site.query<{ kind: string; seat_label: string | null }>(
        `select c.kind, c.seat_label from exam_device_check c join account a on a.person_id = c.person_id
       where a.login = 'applicant0116' order by c.occurred_at`,
      );
      expect(kept.rows).toEqual([
        { kind: 'check', seat_label: '12 号' },
        { kind: 'rehearsal', seat_label: null },
      ]);
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    },
    LONG_MS,
  );
});
