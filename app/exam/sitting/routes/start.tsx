import { data, redirect } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { EXAM_REFUSALS } from '../../refusals.ts';
import { startForm } from '../exam.schema.ts';
import { afterStart, decidedStart } from '../room-forms.server.ts';
import { startAttempt } from '../start-attempt.server.ts';
import { RefusedStart } from '../ui/refused-start.tsx';

export const meta: MetaFunction = () => [{ title: '开始考试 · 执法学堂' }];

/** Only guards: the address is for a form, and the page below is what a refused start leads to. */
export const loader = door('exam.sit', () => null);

export const action = door('exam.sit', async ({ ctx, request, context }) => {
  const form = startForm.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response(null, { status: 400 });
  const { registrationId, commandId, view, accessCode } = form.data;
  const { clientAddress, incoming } = context;
  const outcome =
    decidedStart(incoming) ??
    (await startAttempt(ctx, { registrationId, commandId, accessCode, clientAddress }));
  if (!outcome.ok) {
    const { status, text } = answerFor(outcome, EXAM_REFUSALS);
    const isCodeWrong = outcome.code === 'ACCESS_CODE_WRONG' || outcome.code === 'ACCESS_CODE_MISSING';
    const again = isCodeWrong
      ? { registrationId, commandId: newId<'Command'>(), view, typed: accessCode ?? '' }
      : null;
    return data({ status, text, isDoor: ctx.actor.boundTo !== undefined, again }, { status });
  }
  const isSecure = new URL(request.url).protocol === 'https:';
  const { to, cookies } = afterStart(outcome.value, { view, isSecure });
  const headers = new Headers();
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return redirect(to, { headers });
});

const NOTHING_SENT = { status: 409, text: '请从考试列表进入考试。', isDoor: false, again: null } as const;

/** Seen only when the exam could not be started. */
export default function Start() {
  const refused = useActionData<typeof action>();
  return <RefusedStart {...(refused && 'status' in refused ? refused : NOTHING_SENT)} />;
}
