import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { dayOf, formatClock, formatDay, formatInstant, formatTime } from '#app/platform/time/day.ts';
import type { ExamDoor, FinishedAttempt, OwnExam } from '../exams-view.server.ts';
import { CheckInForm } from '../../ahead/ui/check-in-form.tsx';
import { REGISTRATION_LABELS } from '../registration.ts';
import { marksText } from './paper-parts.ts';
import { StartFrame } from './start-frame.tsx';

interface DoorWords {
  readonly badge: string;
  readonly shape: BadgeShape;
  readonly tone: BadgeTone;
}

const hasPassed = (exam: OwnExam): boolean => exam.finished.some((attempt) => attempt.passed);

function doorWords(door: ExamDoor, exam: OwnExam): DoorWords {
  if (door.kind === 'running') return { badge: '作答中', shape: 'dot', tone: 'pending' };
  if (door.kind === 'waiting') return { badge: '候考', shape: 'half', tone: 'pending' };
  if (exam.awaitsRelease) return { badge: '成绩待发布', shape: 'dot', tone: 'pending' };
  if (hasPassed(exam)) return { badge: '已合格', shape: 'solid', tone: 'positive' };
  if (door.kind === 'may_start') return { badge: '可以开始', shape: 'dot', tone: 'pending' };
  if (door.kind === 'may_check_in') return { badge: '可以入场', shape: 'dot', tone: 'pending' };
  switch (door.code) {
    case 'NOT_OPEN_YET':
      return { badge: '未到时间', shape: 'hollow', tone: 'neutral' };
    case 'COURSE_NOT_COMPLETED':
      return { badge: '缺规定课程', shape: 'half', tone: 'caution' };
    case 'REGISTRATION_NOT_APPROVED':
      return { badge: `报名${REGISTRATION_LABELS[exam.registrationStatus]}`, shape: 'half', tone: 'caution' };
    case 'ATTEMPTS_USED_UP':
      return { badge: '未合格', shape: 'hollow', tone: 'neutral' };
    case 'ENTRY_CLOSED':
      return { badge: '已截止入场', shape: 'hollow', tone: 'neutral' };
    case 'SITTING_NOT_HELD':
      return { badge: '未开放', shape: 'hollow', tone: 'neutral' };
  }
}

/** One sitting a person is registered for: when, by which rules, what is missing, and the one thing to do. */
export function ExamCard({ exam }: { exam: OwnExam }) {
  const { badge, shape, tone } = doorWords(exam.door, exam);
  return (
    <article className="rounded-md border border-line bg-surface-raised">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-5 pt-4">
        <h2 className="text-lg font-semibold">{exam.title}</h2>
        <StateBadge shape={shape} tone={tone}>
          {badge}
        </StateBadge>
      </header>
      <div className="px-5 pb-5 pt-3">
        <DefinitionList items={factsOf(exam)} columns={2} />
      </div>
      <div className="border-t border-line px-5 py-4">
        <NextStep exam={exam} />
        <DeviceCheckLink exam={exam} />
        {exam.finished.length > 0 ? <Finished attempts={exam.finished} exam={exam} /> : null}
      </div>
    </article>
  );
}

/** One day: `2026年11月21日 09:00–11:30`; more: both days with their year. */
function sittingTime(from: Date, to: Date): string {
  if (dayOf(from) === dayOf(to)) return `${formatInstant(from)}–${formatClock(to)}`;
  return `${formatInstant(from)} 至 ${formatInstant(to)}`;
}

function factsOf(exam: OwnExam) {
  return [
    { term: '考试时间', value: sittingTime(exam.opensAt, exam.hardEndAt) },
    { term: '最迟入场', value: formatInstant(exam.latestEntryAt) },
    {
      term: '试卷',
      value: `${exam.itemCount} 题，满分 ${marksText(exam.fullMarkHundredths)} 分，${marksText(exam.passMarkHundredths)} 分合格`,
    },
    {
      term: '作答时长',
      value: `${exam.durationMinutes} 分钟，${exam.startMode === 'own' ? '从本人开始作答时起算' : '从统一开考时起算'}`,
    },
    ...(exam.isInRooms
      ? [
          {
            term: '考场座位',
            value: exam.seat
              ? `${exam.seat.room}（${exam.seat.place}）${exam.seat.seatNo} 号座位`
              : '尚未编排，编排后在此显示',
          },
        ]
      : []),
    { term: '准考证号', value: <span className="tabular-nums">{exam.ticketNo}</span> },
    { term: '作答次数', value: `已考 ${exam.takenCount} 次，限 ${exam.attemptLimit} 次` },
  ];
}

function NextStep({ exam }: { exam: OwnExam }) {
  const { door } = exam;
  switch (door.kind) {
    case 'running':
      return (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <LinkButton to={`/attempts/${door.attemptId}`} reloadDocument tone="primary">
            继续作答
          </LinkButton>
          <p className="tabular-nums">{`本人作答至 ${endText(door.deadlineAt)} 结束。`}</p>
        </div>
      );
    case 'waiting':
      return (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <LinkButton to={`/attempts/${door.attemptId}`} reloadDocument tone="primary">
            返回候考
          </LinkButton>
          <p className="tabular-nums">{`已入场，${endText(door.bellAt)} 开考。`}</p>
        </div>
      );
    case 'may_start':
      return <StartForm exam={exam} endsAt={door.endsAt} />;
    case 'may_check_in':
      return <CheckInForm exam={exam} bellAt={door.bellAt} />;
    case 'refused':
      return <Refusal exam={exam} code={door.code} />;
  }
}

/** With the second, because that is when the exam ends. */
function endText(instant: Date): string {
  return `${formatDay(dayOf(instant))} ${formatTime(instant)}`;
}

/** The form that opens the clock. */
export function StartForm({ exam, endsAt }: { exam: OwnExam; endsAt: Date }) {
  return (
    <StartFrame
      exam={exam}
      when={
        <>
          现在开始，本人作答至 <strong>{endText(endsAt)}</strong> 结束。
        </>
      }
      button={
        <SubmitButton tone={hasPassed(exam) ? 'secondary' : 'primary'}>
          {exam.finished.length > 0 ? '再考一次' : '开始考试'}
        </SubmitButton>
      }
    />
  );
}

/** As long as the exam is ahead or may be started. */
function DeviceCheckLink({ exam }: { exam: OwnExam }) {
  const { door } = exam;
  const isAhead =
    door.kind === 'may_start' ||
    door.kind === 'may_check_in' ||
    (door.kind === 'refused' && door.code === 'NOT_OPEN_YET');
  if (!isAhead) return null;
  return (
    <p className="mt-4">
      <TextLink to={`/exams/${exam.registrationId}/check`}>检测设备并演练</TextLink>
    </p>
  );
}

function Refusal({ exam, code }: { exam: OwnExam; code: (ExamDoor & { kind: 'refused' })['code'] }) {
  switch (code) {
    case 'COURSE_NOT_COMPLETED':
      return (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <LinkButton to={`/courses/${exam.preconditionCourse ?? ''}`} tone="primary">
            去学规定课程
          </LinkButton>
          <p>还缺：本场考试规定的课程尚未学完。学完即可回到这里开始考试。</p>
        </div>
      );
    case 'NOT_OPEN_YET':
      return <p>{`报名已通过，${formatInstant(exam.opensAt)} 起可以开始。届时刷新本页。`}</p>;
    case 'REGISTRATION_NOT_APPROVED':
      return (
        <p>{`报名${REGISTRATION_LABELS[exam.registrationStatus]}，通过后方可参加。如有疑问，请联系所在单位联络员。`}</p>
      );
    case 'ENTRY_CLOSED':
      return <p>{`最迟入场时间为 ${formatInstant(exam.latestEntryAt)}，现已截止。请报名下一场考试。`}</p>;
    case 'SITTING_NOT_HELD':
      return <p>本场考试未开放或已取消，请留意所在单位通知。</p>;
    case 'ATTEMPTS_USED_UP':
      return <p>{exam.awaitsRelease ? '已交卷，成绩由司法局统一发布。' : '本场考试的作答次数已用完。'}</p>;
  }
}

function Finished({ attempts, exam }: { attempts: readonly FinishedAttempt[]; exam: OwnExam }) {
  return (
    <ul className="mt-4 grid gap-1 tabular-nums">
      {attempts.map((attempt) => (
        <li key={attempt.attemptId}>
          <TextLink to={`/attempts/${attempt.attemptId}/result`}>
            {exam.attemptLimit > 1 ? `第 ${attempt.attemptNo} 次成绩` : '查看成绩'}
          </TextLink>
          {`：${marksText(attempt.scoreHundredths)} 分，${attempt.passed ? '合格' : '不合格'}（${formatInstant(attempt.finalisedAt)}）`}
        </li>
      ))}
    </ul>
  );
}
