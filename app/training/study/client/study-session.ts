/**
 * What the lesson page does about study time: opens a visit, says every half minute that it is still there, and shows
 * in words what the server answers. It measures nothing itself: time is what the server's stamps say.
 * No framework in here; the hook beside it connects it to the page.
 */

/** What the person is told about the clock right now. */
export type StudyStatus =
  | 'starting'
  | 'counting'
  | 'hidden'
  | 'idle'
  | 'offline'
  | 'asked'
  | 'full'
  | 'day_full'
  | 'replaced'
  | 'signed_out';

/** What is asked: a sentence with a gap and words for it; null where there is only something to confirm. */
export interface AskedQuestion {
  readonly stem: string;
  readonly options: readonly string[];
}

export interface StudyState {
  readonly status: StudyStatus;
  /** As last acknowledged by the server. */
  readonly verifiedSeconds: number;
  readonly isComplete: boolean;
  /** Milliseconds of `now()` until which 「您还在学习吗」 can be answered; null when it is not asked. */
  readonly answerUntil: number | null;
  readonly question: AskedQuestion | null;
  /** The first answer was wrong; this is the second and last question. */
  readonly isSecondTry: boolean;
}

/** Signs of a person since the last stored beat; evidence, never a measure. */
export interface Signs {
  readonly touches: number;
  readonly moves: number;
  readonly scrolls: number;
}

export interface StudySessionOptions {
  readonly course: string;
  readonly lesson: string;
  readonly verifiedSeconds: number;
  readonly isComplete: boolean;
  /** Posts JSON; rejects when there is no answer. */
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** A clock that only goes forward, in milliseconds; for deciding what counts as idle, never for measuring study. */
  now(): number;
  isVisible(): boolean;
  /** How far down the page, 0 … 1000. */
  position(): number;
  onState(state: StudyState): void;
}

export interface StudySession {
  start(): Promise<void>;
  /** Every heartbeat. */
  tick(): Promise<void>;
  visibilityChanged(): Promise<void>;
  /** The person has moved, typed, scrolled or touched. */
  activity(sign: keyof Signs): void;
  /** The presence question is answered. @param choice place of the word chosen; null where there was none to choose */
  answer(choice: number | null): Promise<void>;
  /** The page is left: what was read up to now is told. */
  leave(): Promise<void>;
}

/** Reading one screen of text takes up to this long without touching anything. */
const ACTIVE_MS = 5 * 60_000;
const MOST_SIGNS = 999;
const NO_SIGNS: Signs = { touches: 0, moves: 0, scrolls: 0 };
const NOT_ASKED = { answerUntil: null, question: null, isSecondTry: false } as const;

interface Reply {
  readonly result: string;
  readonly lastSeq: number;
  readonly verifiedSeconds: number;
  readonly isComplete: boolean;
  readonly answerWithinSeconds: number | null;
  readonly question?: AskedQuestion | null;
}

/** The server's answers are ours and of one version with this page; shape is checked only as far as it is used. */
function isReply(body: unknown): body is Reply {
  return typeof body === 'object' && body !== null && 'result' in body && 'lastSeq' in body;
}

function visitIdOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'visitId' in body && typeof body.visitId === 'string'
    ? body.visitId
    : null;
}

/** What a stored result means for what comes next: after a pause a new stretch has begun. */
function statusAfter(result: string): StudyStatus {
  if (result === 'idle') return 'idle';
  if (result === 'over_nominal') return 'full';
  if (result === 'over_daily_cap') return 'day_full';
  return 'counting';
}

const STOPPED: readonly StudyStatus[] = ['full', 'replaced', 'signed_out'];

export function createStudySession(options: StudySessionOptions): StudySession {
  const { post, now, isVisible, onState } = options;
  let state: StudyState = {
    status: 'starting',
    verifiedSeconds: options.verifiedSeconds,
    isComplete: options.isComplete,
    ...NOT_ASKED,
  };
  let visitId: string | null = null;
  let lastSeq = 0;
  let lastActivity = now();
  /** Visible throughout since the last beat the server stored. */
  let wasVisible = isVisible();
  let isSending = false;
  let signs = NO_SIGNS;

  const set = (change: Partial<StudyState>): void => {
    state = { ...state, ...change };
    onState(state);
  };

  const send = async (path: string, body: unknown): Promise<unknown> => {
    try {
      const answer = await post(path, body);
      if (answer.status === 200) return answer.body;
      if (answer.status === 401 || answer.status === 403) set({ status: 'signed_out', ...NOT_ASKED });
      // The lesson has been replaced by a new version since the page was opened: a new visit is needed.
      else if (answer.status === 404) visitId = null;
      else set({ status: 'offline' });
    } catch {
      // No network: nothing is lost but the stretch; the next beat tries again with the same number.
      set({ status: 'offline' });
    }
    return null;
  };

  const start = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    const body = await send('/study/open', { course: options.course, lesson: options.lesson });
    isSending = false;
    const opened = visitIdOf(body);
    if (opened === null) return;
    visitId = opened;
    lastSeq = 0;
    lastActivity = now();
    wasVisible = isVisible();
    set({ status: wasVisible ? 'counting' : 'hidden', ...NOT_ASKED });
  };

  /** The question on the server is the one shown; a second one has its own time. */
  const ask = (reply: Reply, withinSeconds: number): Partial<StudyState> => {
    const isSecondTry = reply.result === 'asked_again' || (state.isSecondTry && state.answerUntil !== null);
    const isNew = state.answerUntil === null || reply.result === 'asked_again';
    const answerUntil = isNew ? now() + withinSeconds * 1000 : state.answerUntil;
    return { status: 'asked', answerUntil, question: reply.question ?? null, isSecondTry };
  };

  const take = (reply: Reply): void => {
    const isStored = reply.lastSeq > lastSeq;
    lastSeq = reply.lastSeq;
    if (isStored) {
      wasVisible = isVisible();
      signs = NO_SIGNS;
    }
    const figures = { verifiedSeconds: reply.verifiedSeconds, isComplete: reply.isComplete };
    if (reply.result === 'replaced') return set({ ...figures, status: 'replaced', ...NOT_ASKED });
    // Away for so long that the server has closed the page: the next beat opens a new visit.
    if (reply.result === 'ended') {
      visitId = null;
      return set({ ...figures, ...NOT_ASKED });
    }
    if (reply.answerWithinSeconds !== null)
      return set({ ...figures, ...ask(reply, reply.answerWithinSeconds) });
    const status = !isVisible() ? 'hidden' : isStored ? statusAfter(reply.result) : resumed(state.status);
    set({ ...figures, status, ...NOT_ASKED });
  };

  const beat = async (present = false, choice: number | null = null): Promise<void> => {
    if (isSending || STOPPED.includes(state.status) || (state.status === 'asked' && !present)) return;
    if (visitId === null) return start();
    isSending = true;
    const isActive = present || now() - lastActivity <= ACTIVE_MS;
    const body = await send('/study/beat', {
      visitId,
      seq: lastSeq + 1,
      visible: wasVisible,
      active: isActive,
      present,
      choice,
      at: options.position(),
      ...signs,
    });
    isSending = false;
    if (!isReply(body)) return;
    take(body);
    if (body.result === 'ended' && isVisible()) await start();
  };

  return {
    start,
    tick: async () => {
      if (isVisible()) await beat();
    },
    visibilityChanged: async () => {
      const visible = isVisible();
      // Leaving: the stretch up to now was read. Coming back: the stretch up to now was not.
      const sent = beat();
      if (!visible) {
        wasVisible = false;
        if (state.status === 'counting' || state.status === 'idle') set({ status: 'hidden' });
      }
      await sent;
    },
    activity: (sign) => {
      lastActivity = now();
      signs = { ...signs, [sign]: Math.min(signs[sign] + 1, MOST_SIGNS) };
      if (state.status === 'idle') set({ status: 'counting' });
    },
    answer: (choice) => {
      lastActivity = now();
      return beat(true, choice);
    },
    leave: async () => {
      if (visitId !== null) await beat();
    },
  };
}

/** Nothing was stored: the words stay, unless they spoke of a broken network. */
function resumed(status: StudyStatus): StudyStatus {
  return status === 'offline' || status === 'starting' || status === 'hidden' ? 'counting' : status;
}
