import type { IncomingMessage } from 'node:http';
import type { Express, Request } from 'express';
import type { OwnCtx } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import type { FormAnswer } from '#app/platform/http/form-door.server.ts';
import { mountFormDoor } from '#app/platform/http/form-door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { withoutElder } from '#app/platform/ui/theme/preferences.ts';
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
 * Where a hand-in leads to. Who has come by the exam door sits at a machine of the hall: the next one finds it in the
 * ordinary size.
 */
export function afterHandIn({ actor }: OwnCtx, attemptId: string, cookieHeader: string | null): FormAnswer {
  const cookies = actor.boundTo === undefined ? [] : withoutElder(cookieHeader);
  return { to: resultPath(attemptId), cookies };
}

/**
 * POST /attempts/start and the hand-in of POST /attempts/:attempt, as plain forms: the same commands as behind the pages,
 * and the same answer, before Remix. A hand-in that brings the paper along (no JavaScript), refusals, sessions that are due
 * to be prolonged and everything else go the ordinary way. Permission `exam.sit`, asked by the commands.
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
      // The paper itself: its answers are saved first, by the page.
      if (form.data.epoch !== undefined) return null;
      const ctx = await ctxOf(req);
      if (ctx === null) return null;
      const outcome = await handIn(ctx, {
        attemptId,
        deviceKey: readDeviceKey(req.get('cookie'), attemptId),
      });
      return outcome.ok ? afterHandIn(ctx, attemptId, req.get('cookie') ?? null) : null;
    },
  });
}
