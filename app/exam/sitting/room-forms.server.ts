import type { IncomingMessage } from 'node:http';
import type { Express, Request } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import type { FormAnswer } from '#app/platform/http/form-door.server.ts';
import { mountFormDoor } from '#app/platform/http/form-door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { deviceCookie, readDeviceKey } from './device.server.ts';
import { attemptForm, startForm } from './exam.schema.ts';
import { handIn } from './hand-in.server.ts';
import type { StartRefusal, StartedAttempt } from './start-attempt.server.ts';
import { startAttempt } from './start-attempt.server.ts';
import { viewCookie } from './ui/paper-view.ts';
import { ownCtxHot } from './who-sits.server.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** The request as it came in. */
    incoming?: IncomingMessage | undefined;
  }
}

type StartOutcome = Outcome<StartedAttempt, StartRefusal>;

/** What was decided of a start before it was left to its page: a wrong code counts once. */
const decided = new WeakMap<IncomingMessage, StartOutcome>();

/** The outcome of this very request, where the form door has asked already. */
export const decidedStart = (incoming: IncomingMessage | undefined): StartOutcome | undefined =>
  incoming && decided.get(incoming);

/** Where a start leads to: the paper, and the cookies of its device and its view. */
export function afterStart(
  { attemptId, deviceKey }: StartedAttempt,
  how: { readonly view: 'one' | 'paper'; readonly isSecure: boolean },
): FormAnswer {
  const device = deviceKey === null ? [] : [deviceCookie(attemptId, deviceKey, how.isSecure)];
  return { to: `/attempts/${attemptId}`, cookies: [viewCookie(how.view), ...device] };
}

export const resultPath = (attemptId: string): string => `/attempts/${attemptId}/result`;

/**
 * POST /attempts/start and the hand-in of POST /attempts/:attempt, as plain forms: the same commands as behind the pages,
 * and the same answer, before Remix. Refusals, sessions that are due to be prolonged and everything else go the ordinary
 * way. Permission `exam.sit`, asked by the commands.
 */
export function mountRoomForms(app: Express, services: Services): void {
  const { log } = services.system;
  const ctxOf = (req: Request) =>
    ownCtxHot(services)(req.get('cookie'), String(req.res?.locals.requestId ?? ''));

  mountFormDoor(app, {
    path: '/attempts/start',
    log,
    answer: async (sent, req) => {
      const form = startForm.safeParse(Object.fromEntries(sent));
      const ctx = form.success ? await ctxOf(req) : null;
      if (!form.success || ctx === null) return null;
      const { view, ...start } = form.data;
      const outcome = await startAttempt(ctx, { ...start, clientAddress: req.ip });
      if (outcome.ok) return afterStart(outcome.value, { view, isSecure: req.secure });
      decided.set(req, outcome);
      return null;
    },
  });

  mountFormDoor(app, {
    path: '/attempts/:attempt',
    log,
    answer: async (sent, req) => {
      const { attempt: attemptId } = req.params;
      const form = attemptForm.safeParse(Object.fromEntries(sent));
      if (!form.success || form.data.intent !== 'hand_in' || !isId(attemptId)) return null;
      const ctx = await ctxOf(req);
      if (ctx === null) return null;
      const outcome = await handIn(ctx, {
        attemptId,
        deviceKey: readDeviceKey(req.get('cookie'), attemptId),
      });
      return outcome.ok ? { to: resultPath(attemptId), cookies: [] } : null;
    },
  });
}
