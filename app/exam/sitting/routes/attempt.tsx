import { data, redirect } from '@remix-run/node';
import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { Suspense, lazy } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { FormAnswer } from '#app/platform/http/form-door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { WaitingRoom as RenderedWaitingRoom } from '../../ahead/ui/waiting-room.tsx';
import { EXAM_REFUSALS } from '../../refusals.ts';
import type { ExamRefusal } from '../../refusals.ts';
import type { AttemptView } from '../attempt-view.server.ts';
import { viewAttempt } from '../attempt-view.server.ts';
import { PAGE_HEADER, ROOM_PAGE, WAITING_PAGE } from '../client/page-copies.ts';
import { deviceCookie, readDeviceKey } from '../device.server.ts';
import { attemptForm } from '../exam.schema.ts';
import { handIn } from '../hand-in.server.ts';
import { saveForm } from '../save-form.server.ts';
import { keptView } from '../seen-view.server.ts';
import { takeOver } from '../take-over.server.ts';
import { ClosingRoom } from '../ui/closing-room.tsx';
import { afterHandIn, resultPath } from '../room-forms.server.ts';
import type { PaperView } from '../ui/paper-view.ts';
import { readView, viewCookie } from '../ui/paper-view.ts';
import { ROOM_TEXT_HOLE } from '../ui/room-hole.ts';
import { RoomOfText } from '../ui/room-of-text.tsx';
import { TakeOverRoom } from '../ui/take-over-room.tsx';

export const meta: MetaFunction = () => [{ title: '考试作答 · 执法学堂' }];

/** No cache on the way keeps a paper; the exam's own service worker learns which page is the room. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** The page lives from its own client; nothing it does asks for the paper again. */
export const shouldRevalidate = (): boolean => false;

const notFound = (): Response => new Response(null, { status: 404 });

/** What the service worker may keep of them. */
const KEPT_PAGES: Readonly<Record<string, string | undefined>> = { room: ROOM_PAGE, waiting: WAITING_PAGE };

function ownAttemptId(params: LoaderFunctionArgs['params']): string {
  if (!isId(params.attempt)) throw notFound();
  return params.attempt;
}

type Shown =
  Exclude<AttemptView, { kind: 'finished' | 'room' }> | { readonly kind: 'room'; readonly text: string };

/** The room goes as one text: a page's data is written and read value by value, and a paper has thousands. */
const shownOf = (attempt: Exclude<AttemptView, { kind: 'finished' }>): Shown =>
  attempt.kind === 'room' ? { kind: 'room', text: JSON.stringify(attempt) } : attempt;

function pageOf(attempt: Shown, how: { readonly view: PaperView; readonly isHandingIn: boolean }) {
  const kept = KEPT_PAGES[attempt.kind];
  const headers = { 'Cache-Control': 'no-store', ...(kept ? { [PAGE_HEADER]: kept } : {}) };
  return data({ attempt, ...how }, { headers });
}

export const loader = door('exam.sit', async ({ ctx, params, request, context }) => {
  const attemptId = ownAttemptId(params);
  const cookie = request.headers.get('Cookie');
  const search = new URL(request.url).searchParams;
  const how = { view: readView(search.get('view'), cookie), isHandingIn: search.get('hand-in') === 'ask' };
  if (context.isRoomFrame) return pageOf({ kind: 'room', text: ROOM_TEXT_HOLE }, how);
  const outcome =
    keptView(context.incoming, ctx.actorId) ??
    (await viewAttempt(ctx, { attemptId, deviceKey: readDeviceKey(cookie, attemptId) }));
  if (!outcome.ok) throw notFound();
  if (outcome.value.kind === 'finished') throw redirect(resultPath(attemptId));
  return pageOf(shownOf(outcome.value), how);
});

/** What a refused form leads to: an ended exam to its result, a moved one to the page that says so. */
function afterRefusal(attemptId: string, refusal: Refused<ExamRefusal>) {
  if (refusal.code === 'ATTEMPT_CLOSED') return redirect(resultPath(attemptId));
  if (refusal.code === 'DEVICE_REPLACED' || refusal.code === 'NOT_BEGUN')
    return redirect(`/attempts/${attemptId}`);
  const answer = answerFor(refusal, EXAM_REFUSALS);
  return data({ refusal: answer.text }, { status: answer.status });
}

function redirectTo({ to, cookies }: FormAnswer) {
  const headers = new Headers();
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return redirect(to, { headers });
}

export const action = door('exam.sit', async ({ ctx, params, request, context }) => {
  const attemptId = ownAttemptId(params);
  const form = await request.formData();
  const fields = attemptForm.safeParse(Object.fromEntries(form));
  if (!fields.success) throw new Response(null, { status: 400 });
  const { intent, commandId, epoch, seq, view } = fields.data;
  const cookie = request.headers.get('Cookie');
  const deviceKey = readDeviceKey(cookie, attemptId);
  switch (intent) {
    case 'take_over': {
      if (commandId === undefined) throw new Response(null, { status: 400 });
      const outcome = await takeOver(ctx, { attemptId, commandId, clientAddress: context.clientAddress });
      if (!outcome.ok) return afterRefusal(attemptId, outcome);
      const isSecure = new URL(request.url).protocol === 'https:';
      const cookies = [viewCookie(view), deviceCookie(attemptId, outcome.value.deviceKey, isSecure)];
      return redirectTo({ to: `/attempts/${attemptId}`, cookies });
    }
    case 'hand_in': {
      // Without JavaScript the paper comes along: what was ticked since the last save counts as well.
      const saved =
        epoch === undefined || seq === undefined
          ? done(null)
          : await saveForm(ctx, { attemptId, deviceKey, issued: { epoch, seq }, form });
      const outcome = saved.ok ? await handIn(ctx, { attemptId, deviceKey }) : saved;
      if (!outcome.ok) return afterRefusal(attemptId, outcome);
      return redirectTo(afterHandIn(ctx, attemptId, cookie));
    }
    case 'save':
    case 'review':
    case 'whole_paper': {
      if (epoch === undefined || seq === undefined) throw new Response(null, { status: 400 });
      const outcome = await saveForm(ctx, { attemptId, deviceKey, issued: { epoch, seq }, form });
      if (!outcome.ok) return afterRefusal(attemptId, outcome);
      const cookies = intent === 'whole_paper' ? [viewCookie('paper')] : [];
      return redirectTo({
        to: `/attempts/${attemptId}${intent === 'review' ? '?hand-in=ask' : ''}`,
        cookies,
      });
    }
  }
});

/** Whole in the server's HTML, but no part of the scripts of those whose exam has begun: the room has a budget. */
const WaitingRoom = import.meta.env.SSR
  ? RenderedWaitingRoom
  : lazy(async () => ({ default: (await import('../../ahead/ui/waiting-room.tsx')).WaitingRoom }));

export default function Attempt() {
  const { attempt, view, isHandingIn } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  switch (attempt.kind) {
    case 'room':
      return (
        <RoomOfText
          text={attempt.text}
          view={view}
          isHandingIn={isHandingIn}
          refusal={refused && 'refusal' in refused ? refused.refusal : null}
        />
      );
    case 'waiting':
      return (
        <Suspense fallback={null}>
          <WaitingRoom waiting={attempt} view={view} />
        </Suspense>
      );
    case 'elsewhere':
      return <TakeOverRoom {...attempt} refusal={refused && 'refusal' in refused ? refused.refusal : null} />;
    case 'closing':
      return <ClosingRoom title={attempt.title} personName={attempt.personName} />;
  }
}
