import { redirect } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import {
  changePreferences,
  parsePreferences,
  safeReturnPath,
  serializePreferences,
} from '../theme/preferences.ts';

/** A visit by GET (a reload after the answer was lost) leads home. */
export function loader() {
  return redirect('/');
}

/** Keeps 长辈模式 and 深浅色 in the cookie and goes back to the page the person was on. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const preferences = changePreferences(parsePreferences(request.headers.get('Cookie')), form);
  return redirect(safeReturnPath(form.get('returnTo')), {
    headers: { 'Set-Cookie': serializePreferences(preferences) },
  });
}
