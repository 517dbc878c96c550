import { beforeEach, describe, expect, it } from 'vitest';
import type { StudySession, StudyState } from '#app/training/study/client/study-session.ts';
import { createStudySession } from '#app/training/study/client/study-session.ts';

interface Sent {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** A browser page in miniature: the test says what the server answers and when the page is seen. */
function aPage() {
  const sent: Sent[] = [];
  const page = {
    sent,
    state: null as StudyState | null,
    visible: true,
    time: 0,
    offline: false,
    /** Answers to beats, in order; the last one repeats. */
    replies: [] as { status?: number; body: unknown }[],
    beats: () => sent.filter((one) => one.path === '/study/beat').map((one) => one.body),
    session: null as unknown as StudySession,
  };
  page.session = createStudySession({
    course: 'penalty',
    lesson: 'one',
    verifiedSeconds: 0,
    isComplete: false,
    post: (path, body) => {
      if (page.offline) return Promise.reject(new TypeError('Failed to fetch'));
      sent.push({ path, body: body as Record<string, unknown> });
      if (path === '/study/open')
        return Promise.resolve({ status: 200, body: { visitId: 'v', heartbeatSeconds: 30 } });
      const reply = page.replies.length > 1 ? page.replies.shift() : page.replies[0];
      return Promise.resolve({ status: reply?.status ?? 200, body: reply?.body });
    },
    now: () => page.time,
    isVisible: () => page.visible,
    position: () => 420,
    onState: (state) => {
      page.state = state;
    },
  });
  return page;
}

const reply = (result: string, lastSeq: number, over: object = {}) => ({
  body: {
    result,
    lastSeq,
    verifiedSeconds: lastSeq * 30,
    isComplete: false,
    answerWithinSeconds: null,
    ...over,
  },
});

let page: ReturnType<typeof aPage>;
beforeEach(async () => {
  page = aPage();
  await page.session.start();
});

describe('the lesson page', () => {
  it('opens a visit and says that it counts', () => {
    expect(page.sent[0]).toEqual({ path: '/study/open', body: { course: 'penalty', lesson: 'one' } });
    expect(page.state?.status).toBe('counting');
  });

  it('shows what the server has acknowledged, never its own figures', async () => {
    page.replies = [reply('verified', 1), reply('verified', 2)];
    page.time = 1_000_000;
    page.session.activity('touches');
    await page.session.tick();
    expect(page.state?.verifiedSeconds).toBe(30);
    await page.session.tick();
    expect(page.beats().map((beat) => beat.seq)).toEqual([1, 2]);
    expect(page.state?.verifiedSeconds).toBe(60);
  });

  it('tells what was read when it is hidden, and that it was hidden when it is back', async () => {
    page.replies = [reply('verified', 1), reply('hidden', 2), reply('verified', 3)];
    page.visible = false;
    await page.session.visibilityChanged();
    expect(page.beats()[0]).toMatchObject({ visible: true });
    expect(page.state?.status).toBe('hidden');
    await page.session.tick();
    expect(page.beats()).toHaveLength(1);
    page.visible = true;
    await page.session.visibilityChanged();
    expect(page.beats()[1]).toMatchObject({ visible: false });
    expect(page.state?.status).toBe('counting');
    await page.session.tick();
    expect(page.beats()[2]).toMatchObject({ visible: true });
  });

  it('after five minutes without a hand on it says so', async () => {
    page.replies = [reply('verified', 1), reply('idle', 2)];
    page.time = 5 * 60_000;
    await page.session.tick();
    expect(page.beats()[0]).toMatchObject({ active: true });
    page.time += 1;
    await page.session.tick();
    expect(page.beats()[1]).toMatchObject({ active: false });
    expect(page.state?.status).toBe('idle');
    page.session.activity('touches');
    expect(page.state?.status).toBe('counting');
  });

  it('loses the network and goes on with the same number', async () => {
    page.offline = true;
    await page.session.tick();
    expect(page.state?.status).toBe('offline');
    page.offline = false;
    page.replies = [reply('too_late', 1)];
    await page.session.tick();
    expect(page.beats()).toMatchObject([{ seq: 1 }]);
    expect(page.state?.status).toBe('counting');
  });

  it('goes on from the number the server knows when an answer got lost', async () => {
    page.replies = [reply('repeated', 7), reply('verified', 8)];
    await page.session.tick();
    await page.session.tick();
    expect(page.beats().map((beat) => beat.seq)).toEqual([1, 8]);
  });

  it('stops when another page has taken over, until the person takes it back', async () => {
    page.replies = [reply('replaced', 0)];
    await page.session.tick();
    expect(page.state?.status).toBe('replaced');
    await page.session.tick();
    expect(page.beats()).toHaveLength(1);
    await page.session.start();
    expect(page.state?.status).toBe('counting');
  });

  it('stops when the session has ended or the lesson is full', async () => {
    page.replies = [{ status: 401, body: { code: 'SIGN_IN_REQUIRED' } }];
    await page.session.tick();
    expect(page.state?.status).toBe('signed_out');
    page = aPage();
    await page.session.start();
    page.replies = [reply('over_nominal', 1)];
    await page.session.tick();
    await page.session.tick();
    expect(page.state?.status).toBe('full');
    expect(page.beats()).toHaveLength(1);
  });

  it('is asked whether somebody is there, waits, and answers', async () => {
    page.replies = [reply('verified', 1, { answerWithinSeconds: 60 }), reply('verified', 2)];
    await page.session.tick();
    expect(page.state).toMatchObject({ status: 'asked', answerUntil: 60_000 });
    await page.session.tick();
    expect(page.beats()).toHaveLength(1);
    await page.session.answer(null);
    expect(page.beats()[1]).toMatchObject({ present: true, active: true, choice: null });
    expect(page.state).toMatchObject({ status: 'counting', answerUntil: null });
  });

  it('shows the question it is asked, sends the word chosen, and gets one more try with its own time', async () => {
    const question = (stem: string) => ({ stem, options: ['甲', '乙', '丙', '丁'] });
    page.replies = [
      reply('verified', 1, { answerWithinSeconds: 60, question: question('第一____') }),
      reply('asked_again', 2, { answerWithinSeconds: 60, question: question('第二____') }),
      reply('verified', 3, { question: null }),
    ];
    await page.session.tick();
    expect(page.state).toMatchObject({ question: { stem: '第一____' }, isSecondTry: false });
    page.time = 20_000;
    await page.session.answer(2);
    expect(page.beats()[1]).toMatchObject({ present: true, choice: 2 });
    expect(page.state).toMatchObject({
      status: 'asked',
      question: { stem: '第二____' },
      isSecondTry: true,
      answerUntil: 80_000,
    });
    await page.session.answer(0);
    expect(page.state).toMatchObject({ status: 'counting', question: null, isSecondTry: false });
  });

  it('keeps the time left when the answer did not get through', async () => {
    page.replies = [
      reply('verified', 1, { answerWithinSeconds: 60 }),
      reply('prompt_open', 1, { answerWithinSeconds: 60 }),
    ];
    await page.session.tick();
    page.offline = true;
    page.time = 30_000;
    await page.session.answer(1);
    expect(page.state).toMatchObject({ status: 'offline', answerUntil: 60_000 });
    page.offline = false;
    await page.session.tick();
    expect(page.state).toMatchObject({ status: 'asked', answerUntil: 60_000 });
  });

  it('tells with each beat what a hand did since the last stored one, and where the reader is', async () => {
    page.replies = [reply('verified', 1), reply('too_early', 1), reply('verified', 2)];
    page.session.activity('scrolls');
    page.session.activity('scrolls');
    page.session.activity('touches');
    await page.session.tick();
    await page.session.tick();
    page.session.activity('moves');
    await page.session.tick();
    expect(page.beats().map(({ touches, moves, scrolls, at }) => [touches, moves, scrolls, at])).toEqual([
      [1, 0, 2, 420],
      [0, 0, 0, 420],
      [0, 1, 0, 420],
    ]);
  });

  it('opens a new visit when it comes back after the server has closed the page', async () => {
    page.replies = [reply('ended', 4)];
    await page.session.tick();
    expect(page.sent.map((one) => one.path)).toEqual(['/study/open', '/study/beat', '/study/open']);
    expect(page.state?.status).toBe('counting');
  });

  it('tells when it is left, but opens nothing for that', async () => {
    page.replies = [reply('verified', 1)];
    await page.session.leave();
    expect(page.beats()).toHaveLength(1);
    const unopened = aPage();
    await unopened.session.leave();
    expect(unopened.sent).toEqual([]);
  });

  it('opens a new visit when the lesson has been replaced under it', async () => {
    page.replies = [{ status: 404, body: { code: 'NOT_FOUND' } }];
    await page.session.tick();
    await page.session.tick();
    expect(page.sent.filter((one) => one.path === '/study/open')).toHaveLength(2);
  });
});
