import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { ShownStanding } from '#app/certificate/register/certificate.ts';
import { viewOwnCard } from '#app/certificate/register/own-card-view.server.ts';
import { EXAM_REFUSALS } from '#app/exam/refusals.ts';
import type { OwnExam } from '#app/exam/sitting/exams-view.server.ts';
import { viewOwnExams } from '#app/exam/sitting/exams-view.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { parseCourseFilter } from '#app/training/course/course-filter.ts';
import { coursesView } from '#app/training/course/courses-view.server.ts';
import type { Resume } from '#app/training/course/resume.ts';
import { CATEGORIES, CATEGORY_LABELS } from '#app/training/ledger/hours.ts';
import { hoursView } from '#app/training/ledger/hours-view.server.ts';
import type { Conclusion } from '#app/training/target/year-standing.ts';
import { mySessionsView } from '#app/training/session/sessions-view.server.ts';

/** 本年学时: what is there, what is owed, and what else the year asks for. */
export interface OwnYear {
  readonly year: number;
  readonly totalSeconds: number;
  readonly targetSeconds: number;
  readonly owedSeconds: number;
  readonly categories: readonly { readonly label: string; readonly seconds: number }[];
  /** 重点领域专业法律知识; null for officers of other fields. */
  readonly keyField: { readonly targetSeconds: number; readonly owedSeconds: number } | null;
  /** Required courses in force and not done yet. */
  readonly openRequired: readonly { readonly slug: string; readonly title: string }[];
  /** Why the target is not the whole one: came within the year, exempt, reduced. */
  readonly reasons: readonly string[];
  /** Expected on 31 December at the present pace, booked classes included. */
  readonly expectedSeconds: number | null;
  readonly conclusion: Conclusion;
}

export interface NextClass {
  readonly title: string;
  readonly when: string;
  readonly place: string;
}

/** The exam to look at first, with the one thing that can be done about it. */
export interface NextExam {
  readonly title: string;
  readonly when: string;
  readonly text: string;
  readonly action: { readonly to: string; readonly label: string };
  /** It runs, or may be started now. */
  readonly isOpen: boolean;
}

export interface CardState {
  readonly standing: ShownStanding | null;
  readonly certificateNo: string | null;
  readonly validToDay: Day | null;
  /** Without a valid card: the first thing that is missing. */
  readonly missing: { readonly title: string; readonly text: string } | null;
}

export interface LearnerHome {
  /** The lesson to open next; null when all courses are done. */
  readonly resume: Resume | null;
  readonly year: OwnYear | null;
  readonly nextClass: NextClass | null;
  readonly nextExam: NextExam | null;
  readonly card: CardState | null;
}

async function ownYear(ctx: ActorCtx): Promise<OwnYear | null> {
  const view = await hoursView(ctx, null);
  if (!view.ok) return null;
  const { year, sums, totalSeconds, targets, required, forecast, conclusion } = view.value;
  const yearly = targets.find((target) => target.kind === 'yearly');
  const keyField = targets.find((target) => target.kind === 'key_field');
  return {
    year,
    totalSeconds,
    targetSeconds: yearly?.targetSeconds ?? 0,
    owedSeconds: yearly?.owedSeconds ?? 0,
    categories: CATEGORIES.map((category) => ({ label: CATEGORY_LABELS[category], seconds: sums[category] })),
    keyField: keyField ? { targetSeconds: keyField.targetSeconds, owedSeconds: keyField.owedSeconds } : null,
    openRequired: required.filter((course) => !course.isComplete && !course.isLapsed),
    reasons: yearly?.reasons ?? [],
    expectedSeconds: forecast?.totalSeconds ?? null,
    conclusion,
  };
}

async function ownResume(ctx: ActorCtx): Promise<Resume | null> {
  const view = await coursesView(ctx, parseCourseFilter(new URLSearchParams()));
  return view.ok ? view.value.resume : null;
}

async function nextClass(ctx: ActorCtx): Promise<NextClass | null> {
  const view = await mySessionsView(ctx);
  const [next] = view.ok ? view.value.coming : [];
  return next ? { title: next.title, when: next.blocks.join('；'), place: next.place } : null;
}

/** Running before startable before all others: what cannot wait stands first. */
const DOOR_RANK = { running: 0, waiting: 0, may_start: 1, may_check_in: 1, refused: 2 } as const;

function examWords(exam: OwnExam): Pick<NextExam, 'text' | 'action'> {
  const { door } = exam;
  const toExams = (label: string) => ({ to: '/exams', label });
  if (door.kind === 'running') return { text: '正在作答，尚未交卷', action: toExams('继续作答') };
  if (door.kind === 'waiting') return { text: '已入场候考', action: toExams('返回候考') };
  if (door.kind === 'may_check_in') return { text: '现在可以入场候考', action: toExams('去入场') };
  if (door.kind === 'may_start')
    return { text: `${exam.durationMinutes} 分钟，现在可以开始`, action: toExams('去考试') };
  if (door.code === 'COURSE_NOT_COMPLETED')
    return {
      text: EXAM_REFUSALS[door.code].text,
      action: { to: `/courses/${exam.preconditionCourse ?? ''}`, label: '去学习' },
    };
  return { text: EXAM_REFUSALS[door.code].text, action: toExams('查看考试') };
}

async function nextExam(ctx: ActorCtx): Promise<NextExam | null> {
  const view = await viewOwnExams(ctx);
  if (!view.ok) return null;
  const now = ctx.clock.now();
  const open = view.value.filter((exam) => exam.door.kind !== 'refused' || exam.hardEndAt > now);
  const isPassed = (exam: OwnExam): boolean => exam.finished.some((attempt) => attempt.passed);
  const [next] = open
    .filter((exam) => exam.door.kind === 'running' || exam.door.kind === 'waiting' || !isPassed(exam))
    .sort(
      (a, b) => DOOR_RANK[a.door.kind] - DOOR_RANK[b.door.kind] || a.opensAt.getTime() - b.opensAt.getTime(),
    );
  if (!next) return null;
  return {
    title: next.title,
    when: formatRange(next.opensAt, next.hardEndAt),
    isOpen: next.door.kind !== 'refused',
    ...examWords(next),
  };
}

async function cardState(ctx: ActorCtx, origin: string): Promise<CardState | null> {
  const view = await viewOwnCard(ctx, origin);
  if (!view.ok) return null;
  const { cards, chain } = view.value;
  const shown = cards.find(({ status }) => status.shown === 'active') ?? cards[0];
  const step = chain?.find((one) => one.standing !== 'done');
  return {
    standing: shown?.status.shown ?? null,
    certificateNo: shown?.card.certificateNo ?? null,
    validToDay: shown?.card.validToDay ?? null,
    missing: step ? { title: step.title, text: step.text } : null,
  };
}

/** The officer's home: what do I owe, what comes next, how does my card stand. */
export async function viewLearnerHome(ctx: ActorCtx, origin: string): Promise<LearnerHome> {
  return {
    resume: await ownResume(ctx),
    year: await ownYear(ctx),
    nextClass: await nextClass(ctx),
    nextExam: mayDo(ctx, 'exam.read_own') ? await nextExam(ctx) : null,
    card: await cardState(ctx, origin),
  };
}
