import { redirect } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { makeDoor } from '#app/platform/http/door.server.ts';
import { safeReturnPath } from '#app/platform/http/return-path.ts';
import { changePreferences, parsePreferences, serializePreferences } from '../theme/preferences.ts';

/** Display settings belong to the browser, not to a person: nobody is asked who they are. */
const admitAll = () => Promise.resolve(null);

/** A visit by GET (a reload after the answer was lost) leads home. */
export const loader = makeDoor('preferences.write', admitAll, () => redirect('/'));

/** Keeps 长辈模式 and 深浅色 in the cookie and goes back to the page the person was on. */
export const action = makeDoor('preferences.write', admitAll, async ({ request }: ActionFunctionArgs) => {
  const form = await request.formData();
  const preferences = changePreferences(parsePreferences(request.headers.get('Cookie')), form);
  return redirect(safeReturnPath(form.get('returnTo')), {
    headers: { 'Set-Cookie': serializePreferences(preferences) },
  });
});
