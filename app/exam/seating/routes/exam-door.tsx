import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { z } from 'zod';
import { makeDoor } from '#app/platform/http/door.server.ts';
import type { DoorArgs } from '#app/platform/http/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { withoutElder } from '#app/platform/ui/theme/preferences.ts';
import { CHECK_LIFE_DAYS } from '../../device-check/check-life.ts';
import { doorDeviceCookie, knownDoorDevice } from '../door-device.server.ts';
import { DOOR_CHECK_PATH, SEAT_PATH } from '../paths.ts';
import { DOOR_REFUSALS } from '../refusals.ts';
import { signInAtDoor } from '../sign-in-at-door.server.ts';
import { DoorField } from '../ui/door-field.tsx';

const doorForm = z.object({ ticketNo: z.string().max(60), idNumber: z.string().max(60) });

export const meta: MetaFunction = () => [
  { title: '考试签到 · 执法学堂' },
  { name: 'robots', content: 'noindex' },
];

/** Everybody may knock; who is in already is led to the seat. */
const admitAll = ({ context }: DoorArgs) => context.requestCtx();

const isSecure = (request: Request): boolean => new URL(request.url).protocol === 'https:';

export const loader = makeDoor('exam.enter', admitAll, ({ ctx }) => {
  if (ctx.actor?.boundTo !== undefined) throw redirect(SEAT_PATH);
  return null;
});

export const action = makeDoor('exam.enter', admitAll, async ({ ctx, request, context }) => {
  const form = doorForm.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response(null, { status: 400 });
  const clientAddress = context.clientAddress ?? null;
  const outcome = await signInAtDoor({ ...ctx, actor: null, actorId: null }, context.sessions, {
    ...form.data,
    cookieHeader: request.headers.get('Cookie'),
    clientAddress,
  });
  if (outcome.ok) {
    const { setCookie, serves, ticketNo } = outcome.value;
    const headers = new Headers({ 'Set-Cookie': setCookie });
    // Whoever sat here before may have left without signing out; who comes back finds the page as it was.
    const cookie = request.headers.get('Cookie');
    const looks = knownDoorDevice(ctx.secrets, cookie, ticketNo) === null ? withoutElder(cookie) : [];
    for (const one of [doorDeviceCookie(ctx.secrets, ticketNo, isSecure(request)), ...looks])
      headers.append('Set-Cookie', one);
    return redirect(serves === 'exam' ? SEAT_PATH : DOOR_CHECK_PATH, { headers });
  }
  const { text, status } = answerFor(outcome, DOOR_REFUSALS);
  // The ticket number is given back; the ID number never.
  return data({ refusal: text, ticketNo: form.data.ticketNo }, { status });
});

/** 签到 on the day: two numbers, one button. Plain HTML, so that it works on any machine of a hall. */
export default function ExamDoor() {
  const answer = useActionData<typeof action>();
  return (
    <CandidateFrame title="考试签到" name="执法学堂" head={null}>
      <section className="mx-auto max-w-md py-6 lg:py-12">
        <h2 className="text-2xl font-semibold">凭准考证签到</h2>
        <p className="mt-2 text-ink-muted">在本考场的电脑上，输入准考证号和身份证号。</p>
        {answer && 'refusal' in answer ? (
          <div className="mt-6" role="alert" tabIndex={-1} autoFocus>
            <Callout tone="danger" title={answer.refusal} />
          </div>
        ) : null}
        <form method="post" className="mt-6 space-y-5">
          <DoorField
            name="ticketNo"
            label="准考证号"
            hint="印在准考证上的 17 位数字"
            inputMode="numeric"
            defaultValue={answer && 'ticketNo' in answer ? answer.ticketNo : ''}
          />
          <DoorField name="idNumber" label="身份证号" hint="末位是 X 的，大小写均可" inputMode="text" />
          <button type="submit" className={buttonClass('primary')}>
            签到
          </button>
        </form>
        <p className="mt-8 border-t border-line pt-4 text-sm text-ink-muted">
          {`签到后只能参加准考证上的这一场考试。离开座位前请点“退出签到”。考前 ${CHECK_LIFE_DAYS} 天内，未到签到时间的，输入准考证号和身份证号后可以检测设备、演练一次。`}
        </p>
      </section>
    </CandidateFrame>
  );
}
