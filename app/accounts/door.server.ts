import { redirect } from '@remix-run/node';
import type { DoorArgs } from '#app/platform/http/door.server.ts';
import { makeDoor } from '#app/platform/http/door.server.ts';
import { KEPT_FORM_HEADER } from '#app/platform/http/kept-form.ts';
import { safeReturnPath } from '#app/platform/http/return-path.ts';
import type { ActorCtx, RequestCtx } from './actor.server.ts';
import type { Admission, Permission } from './permission.ts';
import { BOUND_HOME, PERMISSIONS, TICKET_LOGIN, admits, admitsBound } from './permission.ts';

type PublicPermission = {
  [P in Permission]: (typeof PERMISSIONS)[P] extends 'public' ? P : never;
}[Permission];
type GuardedPermission = Exclude<Permission, PublicPermission>;

/** The page a form was filled in on, as the browser names it; home when it does not, or names another site. */
function pageOfForm(request: Request): string {
  const referrer = request.headers.get('Referer') ?? '';
  if (!URL.canParse(referrer)) return '/';
  const page = new URL(referrer);
  const isOurs = page.host === (request.headers.get('Host') ?? new URL(request.url).host);
  return isOurs ? page.pathname + page.search : '/';
}

function askedPage(request: Request): string {
  const url = new URL(request.url);
  return url.pathname.replace(/\.data$/, '') + url.search.replace(/[?&]_routes=[^&]*/, '');
}

/**
 * To the login page and back. A form that can stay on its page (`keepingForms`) gets a 401 instead: a session that ended
 * while somebody was writing must not cost what was written. The pages behind the exam door lead to that door.
 */
function toLogin(request: Request, mayStay: boolean): Response {
  if (new URL(request.url).pathname.startsWith(`${TICKET_LOGIN}/`)) return redirect(TICKET_LOGIN);
  if (mayStay && request.headers.has(KEPT_FORM_HEADER)) return new Response(null, { status: 401 });
  const back = request.method === 'GET' ? askedPage(request) : pageOfForm(request);
  return redirect(`/login?to=${encodeURIComponent(safeReturnPath(back))}`);
}

/** A session of the exam door is led back to its page; what it tried to change is refused. */
function toBoundHome(request: Request): Response {
  return request.method === 'GET' ? redirect(BOUND_HOME) : new Response(null, { status: 403 });
}

/** Elsewhere a session of the exam door is nobody. */
async function publicCtx(args: DoorArgs): Promise<RequestCtx> {
  const ctx = await args.context.requestCtx();
  return ctx.actor?.boundTo === undefined ? ctx : { ...ctx, actor: null, actorId: null };
}

/**
 * A door for everybody; the handler learns who knocks, if anybody is signed in. Sessions of the exam door count as
 * strangers here.
 */
export function publicDoor<A extends DoorArgs, R>(
  permission: PublicPermission,
  handler: (args: A & { ctx: RequestCtx }) => Promise<R> | R,
): (args: A) => Promise<R> {
  return makeDoor(permission, (args: A) => publicCtx(args), handler);
}

/**
 * A door for people with this permission. Not signed in: to the login page and back. Signed in without it: 403. Signed
 * in at the exam door: back to one's seat, unless the door belongs to the exam room.
 * The scope behind the door is narrowed by the command or view with `reachFor(ctx, permission)`.
 */
export function door<A extends DoorArgs, R>(
  permission: GuardedPermission,
  handler: (args: A & { ctx: ActorCtx }) => Promise<R> | R,
): (args: A) => Promise<R> {
  const admission: Admission = PERMISSIONS[permission];
  const admit = async (args: A): Promise<ActorCtx> => {
    const ctx = await args.context.requestCtx();
    const { actor, actorId } = ctx;
    // The exam room has a login of its own.
    if (actor === null || actorId === null) throw toLogin(args.request, permission !== 'exam.sit');
    if (actor.boundTo !== undefined && !admitsBound(permission)) throw toBoundHome(args.request);
    if (admission !== 'signed_in' && !admits(permission, actor.roles))
      throw new Response(null, { status: 403 });
    return { ...ctx, actor, actorId };
  };
  return makeDoor(permission, admit, handler, null);
}
