import { redirect } from '@remix-run/node';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { readView, viewCookie } from '../../sitting/ui/paper-view.ts';
import { rehearsalKey } from '../rehearsal.ts';

/** Begins a rehearsal: its id says when, and nothing else is kept. The view is that of the page it was begun from, as in
 *  the exam: question by question where scripts run. */
export const loader = door('exam.check_device', ({ ctx, request }) => {
  const { searchParams } = new URL(request.url);
  const registration = ctx.actor.boundTo ?? searchParams.get('registration');
  const search = isId(registration) ? `?registration=${registration}` : '';
  const view = readView(searchParams.get('view'), null);
  return redirect(`/attempts/${rehearsalKey(newId())}${search}`, {
    headers: { 'Set-Cookie': viewCookie(view) },
  });
});
