import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import type { Sessions } from '#app/accounts/session.server.ts';
import { formatClock, formatInstant, formatRange } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { forgetPages } from '#app/platform/ui/frames/forget-pages.ts';
import { withoutElder } from '#app/platform/ui/theme/preferences.ts';
import { CheckInForm } from '../../ahead/ui/check-in-form.tsx';
import type { OwnExam } from '../../sitting/exams-view.server.ts';
import { StartForm } from '../../sitting/ui/exam-card.tsx';
import { DOOR_CHECK_PATH, DOOR_PATH } from '../paths.ts';
import { viewOwnSeat } from '../seat-view.server.ts';

/** While people wait for the opening the page asks again by itself, also without scripts. */
const REFRESH_SECONDS = '30';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const isWaiting = page?.exam.door.kind === 'refused' && page.exam.door.code === 'NOT_OPEN_YET';
  return [
    { title: '我的考试座位 · 执法学堂' },
    ...(isWaiting ? [{ httpEquiv: 'refresh', content: REFRESH_SECONDS } as const] : []),
  ];
};

/** Signs out at this machine: the next person finds the empty door, in the ordinary size. */
async function leaveDoor(request: Request, sessions: Sessions): Promise<Response> {
  const cookie = request.headers.get('Cookie');
  const { setCookie } = await sessions.end(cookie);
  const headers = new Headers();
  for (const one of [setCookie, ...withoutElder(cookie)]) headers.append('Set-Cookie', one);
  return redirect(DOOR_PATH, { headers });
}

export const loader = door('exam.sit', async ({ ctx, request, context }) => {
  const outcome = await viewOwnSeat(ctx);
  if (outcome.ok) return outcome.value;
  if (outcome.code === 'FORBIDDEN') throw new Response(null, { status: 403 });
  if (outcome.code === 'DOOR_NOT_OPEN') throw redirect(DOOR_CHECK_PATH);
  // Returned, deferred or moved since: every other page would lead a session of the door back to this one.
  if (ctx.actor.boundTo !== undefined) throw await leaveDoor(request, context.sessions);
  throw redirect('/exams');
});

/** 退出签到. */
export const action = door('exam.sit', ({ request, context }) => leaveDoor(request, context.sessions));

/** The page of who has signed in at the exam door: is it me, is it my seat, and what next. */
export default function Seat() {
  const { exam, personName } = useLoaderData<typeof loader>();
  return (
    <CandidateFrame
      title={exam.title}
      name={personName}
      head={exam.seat ? `${exam.seat.room} ${exam.seat.seatNo} 号座位` : null}
    >
      <div className="mx-auto max-w-2xl py-4 lg:py-8">
        <h2 className="mb-4 text-2xl font-semibold">{headline(exam)}</h2>
        <DefinitionList columns={2} items={factsOf(exam, personName)} />
        <div className="mt-6 border-t border-line pt-6">
          <NextStep exam={exam} />
        </div>
        <form method="post" className="mt-10 border-t border-line pt-4" onSubmit={() => void forgetPages()}>
          <p className="mb-3 text-sm text-ink-muted">以上信息与本人不符的，请退出签到并举手告知监考人员。</p>
          <button type="submit" className={buttonClass('secondary')}>
            退出签到
          </button>
        </form>
      </div>
    </CandidateFrame>
  );
}

const isOver = (exam: OwnExam): boolean =>
  exam.door.kind === 'refused' && exam.door.code === 'ATTEMPTS_USED_UP';

function headline(exam: OwnExam): string {
  if (exam.door.kind === 'running') return '考试正在进行';
  return isOver(exam) ? '已交卷' : '已签到，请核对信息';
}

function factsOf(exam: OwnExam, personName: string) {
  return [
    { term: '姓名', value: personName },
    { term: '准考证号', value: <span className="tabular-nums">{exam.ticketNo}</span> },
    { term: '考试时间', value: formatRange(exam.opensAt, exam.hardEndAt) },
    {
      term: '考场座位',
      value: exam.seat ? `${exam.seat.room}（${exam.seat.place}）${exam.seat.seatNo} 号` : '远程考试',
    },
  ];
}

function NextStep({ exam }: { exam: OwnExam }) {
  const { door: entry } = exam;
  switch (entry.kind) {
    case 'running':
      return (
        <>
          <p className="mb-4 tabular-nums">{`本人作答至 ${formatClock(entry.deadlineAt)} 结束。`}</p>
          <a href={`/attempts/${entry.attemptId}`} className={buttonClass('primary')}>
            继续作答
          </a>
        </>
      );
    case 'waiting':
      return (
        <>
          <p className="mb-4 tabular-nums">{`已入场，${formatClock(entry.bellAt)} 开考。`}</p>
          <a href={`/attempts/${entry.attemptId}`} className={buttonClass('primary')}>
            返回候考
          </a>
        </>
      );
    case 'may_start':
      return <StartForm exam={exam} endsAt={entry.endsAt} />;
    case 'may_check_in':
      return <CheckInForm exam={exam} bellAt={entry.bellAt} />;
    case 'refused':
      return <p>{waitingText(exam, entry.code)}</p>;
  }
}

function waitingText(exam: OwnExam, code: (OwnExam['door'] & { kind: 'refused' })['code']): string {
  switch (code) {
    case 'NOT_OPEN_YET':
      return `${formatInstant(exam.opensAt)} 开考。请在座位上等候，到时本页自动更新；也可以刷新本页。`;
    case 'ATTEMPTS_USED_UP':
      return '答卷已收到。请点“退出签到”，按监考人员的指示离场；成绩公布后，登录平台查看。';
    case 'ENTRY_CLOSED':
      return `最迟入场时间为 ${formatInstant(exam.latestEntryAt)}，现已截止，不能再开始作答。`;
    case 'COURSE_NOT_COMPLETED':
      return '本场考试规定的课程尚未学完，不能开始作答。请举手告知监考人员。';
    case 'REGISTRATION_NOT_APPROVED':
      return '报名已撤销或未通过审核，不能开始作答。请举手告知监考人员。';
    case 'SITTING_NOT_HELD':
      return '本场考试未开放或已取消。请举手告知监考人员。';
    default:
      return '现在不能开始作答，请举手告知监考人员。';
  }
}
