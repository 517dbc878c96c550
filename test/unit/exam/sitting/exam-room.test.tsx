import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { CandidateItem } from '#app/exam/paper/frozen-paper.ts';
import type { RoomView } from '#app/exam/sitting/attempt-view.server.ts';
import { ANNOUNCED_MINUTES } from '#app/exam/sitting/client/timing.ts';
import { openState, snapshotOf } from '#app/exam/sitting/client/state.ts';
import type { ExamRoomProps } from '#app/exam/sitting/ui/exam-room.tsx';
import { ExamRoom } from '#app/exam/sitting/ui/exam-room.tsx';
import { RoomNotices } from '#app/exam/sitting/ui/room-notices.tsx';
import { handInWaitsUntil, timesText } from '#app/exam/sitting/ui/room-times.ts';
import { actOfKey } from '#app/exam/sitting/ui/use-room-keys.ts';
import { timeNotice } from '#app/exam/sitting/ui/use-time-news.ts';

const at = (time: string): number => Date.parse(`2026-11-23T${time}+08:00`);

const items: CandidateItem[] = [1, 2, 3].map((position) => ({
  position,
  type: 'multiple',
  stem: '下列哪些属于行政处罚的种类？',
  options: ['A', 'B', 'C', 'D'].map((letter) => ({ letter, text: `选项${letter}` })),
  markHundredths: 100,
}));

const room: RoomView = {
  kind: 'room',
  attemptId: '00000000-0000-7000-8000-000000000001',
  title: '公共法律知识考试',
  personName: '张三',
  items,
  fullMarkHundredths: 300,
  start: {
    epoch: 1,
    answers: [{ epoch: 1, seq: 1, position: 2, choice: 'AB' }],
    lastSeq: 1,
    savedAtMs: null,
    serverNowMs: at('09:10:00'),
    deadlineAtMs: at('10:30:00'),
    closeAtMs: at('10:30:30'),
    pausedAtMs: null,
    noticeNo: 0,
  },
  handInFromMs: at('09:00:00'),
  issuedSeq: 2,
  sealing: { keyId: '1', publicKey: '', proof: '' },
  flags: [],
  messages: [],
  watch: null,
  leaveTo: '/attempts/00000000-0000-7000-8000-000000000001/result',
  isByTicket: false,
};

const drawn = (props: Partial<ExamRoomProps> = {}): string =>
  renderToString(<ExamRoom {...{ room, view: 'paper', isHandingIn: false, refusal: null }} {...props} />);

/** All that submit the paper, in the order of the page: Enter in the paper presses the first of them. */
function buttonsOfPaper(html: string): string[] {
  const paper = /<form id="paper"[^]*?<\/form>/.exec(html);
  const from = paper?.index ?? 0;
  const until = from + (paper?.[0].length ?? 0);
  return [...html.matchAll(/<button[^>]*type="submit"[^>]*>/g)]
    .filter(({ 0: tag, index }) => tag.includes('form="paper"') || (index > from && index < until))
    .map(([tag]) => /value="(\w+)"/.exec(tag)?.[1] ?? '');
}

describe('the exam room without JavaScript', () => {
  it('hands in, goes back and saves with the paper, so that no tick is lost; Enter never hands in', () => {
    const html = drawn({ isHandingIn: true });
    expect(html).toContain('还有 2 题未作答');
    expect(buttonsOfPaper(html)).toEqual([
      'save',
      'hand_in',
      'save',
      'save',
      'whole_paper',
      'save',
      'review',
    ]);
    expect(buttonsOfPaper(drawn())[0]).toBe('save');
    expect(html).not.toContain('href="/attempts');
  });

  it('says when it ends and that “立即保存” has to be pressed', () => {
    const note = /<noscript>[^]*?<\/noscript>/.exec(drawn())?.[0] ?? '';
    expect(note).toContain('每答几题按一次“立即保存”');
    expect(note).toContain('10:30 结束');
  });

  it('leads from one question to the whole paper, and offers no question by question', () => {
    const one = /<button[^>]*value="whole_paper"[^>]*>整卷显示/.exec(drawn({ view: 'one' }))?.[0];
    expect(one).toBeDefined();
    expect(one).not.toContain('disabled=""');
    expect(/<button[^>]*value="whole_paper"[^>]*>逐题显示/.exec(drawn())?.[0]).toContain('disabled=""');
  });
});

describe('the times of the room', () => {
  const early = { ...room, handInFromMs: at('09:30:00') };

  it('stand beside the name: the end, and from when one may hand in', () => {
    expect(drawn()).toContain('10:30 结束');
    expect(drawn()).not.toContain('起可以交卷');
    expect(drawn({ room: early })).toContain('10:30 结束，09:30 起可以交卷');
  });

  it('keep the hand-in back until then', () => {
    const panel = drawn({ room: early, isHandingIn: true });
    expect(panel).toContain('09:30 起可以交卷，现在请继续作答');
    expect(/<button[^>]*value="hand_in"[^>]*>/.exec(panel)?.[0]).toContain('aria-disabled="true"');
    const open = drawn({ isHandingIn: true });
    expect(/<button[^>]*value="hand_in"[^>]*>/.exec(open)?.[0]).toContain('aria-disabled="false"');
  });

  it.each([
    ['before', '09:29:59', at('09:30:00')],
    ['on the very second, as the page may be half a request ahead', '09:30:00', at('09:30:00')],
    ['a second later', '09:30:01', null],
  ])('hand-in from 09:30, %s', (_when, now, expected) => {
    const deadlineAtMs = at('10:30:00');
    expect(handInWaitsUntil(early, deadlineAtMs, deadlineAtMs - at(now))).toBe(expected);
  });

  it('never wait where the page was opened after that time', () => {
    const deadlineAtMs = at('10:30:00');
    expect(handInWaitsUntil(room, deadlineAtMs, deadlineAtMs - room.handInFromMs)).toBeNull();
  });

  it.each([
    [at('10:30:00'), null, null, '10:30 结束'],
    [at('10:30:27'), null, at('09:30:28'), '10:30:27 结束，09:30:28 起可以交卷'],
    [at('10:30:00'), at('09:20:00'), null, '结束时间顺延'],
  ])('read well', (deadlineAtMs, pausedAtMs, waitsUntilMs, expected) => {
    expect(timesText({ deadlineAtMs, pausedAtMs }, waitsUntilMs)).toBe(expected);
  });

  it('are told at each mark in so many words', () => {
    expect(ANNOUNCED_MINUTES.map((minutes) => timeNotice(minutes, at('10:30:00')))).toEqual(
      [30, 10, 5, 1].map((minutes) => ({
        id: 'time',
        title: `距离考试结束还有 ${minutes} 分钟`,
        text: '10:30 到时自动交卷。',
      })),
    );
  });
});

describe('a session that has ended', () => {
  const clocks = { monotonicMs: 0, wallMs: 0 };
  const snapshot = {
    ...snapshotOf(openState(room.start, clocks), true),
    connection: 'signed_out' as const,
  };
  const notices = (isByTicket: boolean): string =>
    renderToString(
      <RoomNotices
        {...{ snapshot, room: { ...room, isByTicket } }}
        {...{ client: null, isOver: false, isPaused: false, refusal: null }}
      />,
    );

  it('leads to the login, and who has come with a ticket to the exam door: there is no password', () => {
    expect(notices(false)).toContain('href="/login"');
    expect(notices(true)).toContain('href="/exam-door"');
    expect(notices(true)).not.toContain('/login');
  });
});

describe('a key', () => {
  const keys = { current: items[0], isActive: true, hasLetters: true };
  const press = (code: string, more: Partial<KeyboardEvent> = {}) => ({
    ...{ code, repeat: false, isComposing: false, ctrlKey: false, metaKey: false, altKey: false },
    ...more,
  });

  it.each([
    ['a letter answers', press('KeyA'), { kind: 'choose', item: items[0], letter: 'A' }],
    ['a figure answers', press('Digit2'), { kind: 'choose', item: items[0], letter: 'B' }],
    ['M marks', press('KeyM'), { kind: 'flag' }],
    ['a letter that is held answers once', press('KeyA', { repeat: true }), null],
    ['a mark that is held is set once', press('KeyM', { repeat: true }), null],
    ['an arrow that is held goes on', press('ArrowRight', { repeat: true }), { kind: 'step', by: 1 }],
    ['a shortcut of the browser is none of ours', press('KeyA', { ctrlKey: true }), null],
    ['a letter of a composition is none', press('KeyA', { isComposing: true }), null],
  ])('%s', (_name, event, expected) => {
    expect(actOfKey(keys, event)).toEqual(expected);
  });

  it('does nothing but lead on when the single letters are turned off (WCAG 2.1.4)', () => {
    const off = { ...keys, hasLetters: false };
    expect(['KeyA', 'Digit1', 'KeyM'].map((code) => actOfKey(off, press(code)))).toEqual([null, null, null]);
    expect(actOfKey(off, press('ArrowLeft'))).toEqual({ kind: 'step', by: -1 });
  });

  it('does nothing while nothing may be answered', () => {
    expect(actOfKey({ ...keys, isActive: false }, press('KeyA'))).toBeNull();
  });
});
