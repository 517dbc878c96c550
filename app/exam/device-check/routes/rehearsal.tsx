import { data, redirect } from '@remix-run/node';
import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { Actor } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { DOOR_CHECK_PATH } from '../../seating/paths.ts';
import { PAGE_HEADER, ROOM_PAGE } from '../../sitting/client/page-copies.ts';
import { ExamRoom } from '../../sitting/ui/exam-room.tsx';
import { readView } from '../../sitting/ui/paper-view.ts';
import { viewRehearsal } from '../check-view.server.ts';
import { recordRehearsal } from '../record-check.server.ts';

export const meta: MetaFunction = () => [{ title: '考前演练 · 执法学堂' }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** The page lives from its own client, as in the exam. */
export const shouldRevalidate = (): boolean => false;

function registrationIn(request: Request): string | null {
  const text = new URL(request.url).searchParams.get('registration');
  return isId(text) ? text : null;
}

/** The page the rehearsal was begun from. */
function checkPage({ boundTo }: Pick<Actor, 'boundTo'>, registrationId: string | null): string {
  if (boundTo !== undefined) return DOOR_CHECK_PATH;
  return registrationId === null ? '/exams/check' : `/exams/${registrationId}/check`;
}

export const loader = door('exam.check_device', async ({ ctx, params, request }) => {
  const leaveTo = checkPage(ctx.actor, registrationIn(request));
  const room = await viewRehearsal(ctx, {
    rehearsalId: params.rehearsal ?? '',
    personName: ctx.actor.displayName,
    leaveTo,
  });
  // Over, or none: the page from which another one begins.
  if (!room) throw redirect(leaveTo);
  const search = new URL(request.url).searchParams;
  return data(
    {
      room,
      view: readView(search.get('view'), request.headers.get('Cookie')),
      isHandingIn: search.get('hand-in') === 'ask',
    },
    { headers: { 'Cache-Control': 'no-store', [PAGE_HEADER]: ROOM_PAGE } },
  );
});

/** Handing in ends the rehearsal. Without JavaScript nothing is kept between the pages: it asks, and ends. */
export const action = door('exam.check_device', async ({ ctx, params, request }) => {
  const registrationId = registrationIn(request);
  const intent = (await request.formData()).get('intent');
  if (intent !== 'hand_in') {
    const address = new URL(request.url);
    if (intent === 'review') address.searchParams.set('hand-in', 'ask');
    else address.searchParams.delete('hand-in');
    if (intent === 'whole_paper') address.searchParams.set('view', 'paper');
    return redirect(`${address.pathname}${address.search}`);
  }
  const rehearsalId = params.rehearsal ?? '';
  const outcome = await recordRehearsal(ctx, { rehearsalId, registrationId });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return redirect(`${checkPage(ctx.actor, registrationId)}?notice=submitted`);
});

export default function Rehearsal() {
  const { room, view, isHandingIn } = useLoaderData<typeof loader>();
  return <ExamRoom room={room} view={view} isHandingIn={isHandingIn} refusal={null} />;
}
