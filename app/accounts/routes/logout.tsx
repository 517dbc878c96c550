import { redirect } from '@remix-run/node';
import { makeDoor } from '#app/platform/http/door.server.ts';

/** Signing out needs no session: sent twice, or after the session has ended, it still clears the cookie. */
const admitAll = () => Promise.resolve(null);

export const loader = makeDoor('account.sign_out', admitAll, () => redirect('/'));

export const action = makeDoor('account.sign_out', admitAll, async ({ request, context }) => {
  const { setCookie } = await context.sessions.end(request.headers.get('Cookie'));
  return redirect('/login', { headers: { 'Set-Cookie': setCookie } });
});
