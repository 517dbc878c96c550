import type { ErrorRequestHandler, Express, NextFunction, Request, Response } from 'express';
import express from 'express';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { admits } from '#app/accounts/permission.ts';
import { createWhoAsks } from '#app/accounts/who-asks.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { HotAnswer, HotListener } from '#app/platform/http/hot-door.server.ts';
import { openHotDoor } from '#app/platform/http/hot-door.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { TRAINING_REFUSALS } from '../refusals.ts';
import { openStudyVisit } from './open-visit.server.ts';
import type { BeatRecorder } from './record-beats.server.ts';
import { createBeatRecorder } from './record-beats.server.ts';
import { beatSchema, openSchema } from './study.schema.ts';

const MAX_BODY_BYTES = 2_048;

/**
 * POST /study/open and POST /study/beat, before Remix and with the same session and permission code. Permission of both
 * doors: `study.own`. Nearly all beats come through `beatDoor`; here are those it leaves aside.
 */
export function mountStudy(app: Express, services: Services): void {
  const json = express.json({ limit: MAX_BODY_BYTES });
  const openDoor = studyDoor(services, openSchema, async (ctx, body, req) => {
    const { course: courseSlug, lesson: lessonSlug } = body;
    const opened = await openStudyVisit(ctx, { courseSlug, lessonSlug, device: deviceMark(req) });
    return opened.ok ? { status: 200, body: opened.value } : refusal(opened.code);
  });
  const beatDoorWithSession = studyDoor(services, beatSchema, (ctx, body) =>
    takeBeat(services, ownPersonId(ctx), body),
  );
  for (const [path, door] of Object.entries({ '/study/open': openDoor, '/study/beat': beatDoorWithSession }))
    app.post(path, json, (req: Request, res: Response, next: NextFunction) => {
      res.setHeader('Cache-Control', 'no-store');
      door(req, res).then((answer) => give(res, answer), next);
    });
  const fault: ErrorRequestHandler = (error: unknown, _req, res: Response, _next) =>
    give(res, studyFault(services, error, String(res.locals.requestId)));
  app.use('/study', fault);
}

/**
 * POST /study/beat in front of the edge: a beat comes every half minute from every reader. Session, right and time are
 * each one statement for all who knock at the moment. Whose session has ended or is due to be prolonged goes the
 * ordinary way.
 */
export function beatDoor(services: Services): HotListener {
  const whoAsks = createWhoAsks(services.system, services.sessions);
  return openHotDoor<string>({
    maxBodyBytes: MAX_BODY_BYTES,
    admit: async (cookieHeader) => {
      const asker = await whoAsks(cookieHeader);
      return asker !== null && admits('study.own', asker.roles) ? asker.personId : null;
    },
    answer: (personId, sent) => {
      const body = beatSchema.safeParse(sent);
      return body.success ? takeBeat(services, personId, body.data) : Promise.resolve(BAD_REQUEST);
    },
    fault: (error, requestId) => studyFault(services, error, requestId),
  });
}

const recorders = new WeakMap<Ctx, BeatRecorder>();

/** One recorder for both doors. */
function recorderOf(system: Ctx): BeatRecorder {
  const recorder = recorders.get(system) ?? createBeatRecorder(system);
  recorders.set(system, recorder);
  return recorder;
}

async function takeBeat(
  { system }: Services,
  personId: string,
  body: z.infer<typeof beatSchema>,
): Promise<HotAnswer> {
  const recorded = await recorderOf(system).record({ personId, ...beatOf(body) });
  return recorded.ok ? { status: 200, body: recorded.value } : refusal(recorded.code);
}

/** What the recorder is told of a request's body. */
function beatOf(body: z.infer<typeof beatSchema>) {
  return {
    visitId: body.visitId,
    beat: {
      seq: body.seq,
      isVisible: body.visible,
      isActive: body.active,
      isPresent: body.present,
      choice: body.choice,
      positionPermille: body.at,
      signs: { touches: body.touches, moves: body.moves, scrolls: body.scrolls },
    },
  };
}

const BAD_REQUEST: HotAnswer = {
  status: 400,
  body: { code: 'BAD_REQUEST', text: '请求的格式不对，请刷新页面。' },
};
const SIGN_IN: HotAnswer = {
  status: 401,
  body: { code: 'SIGN_IN_REQUIRED', text: '登录已过期，请重新登录。' },
};

/** Tells two browsers of one person apart and nothing else: a few characters of a hash of their session. */
function deviceMark(req: Request): string {
  return sha256(`device:${req.get('cookie') ?? ''}`)
    .toString('hex')
    .slice(0, 8);
}

function refusal(refused: 'FORBIDDEN' | 'NOT_FOUND'): HotAnswer {
  const { code, status, text } = answerFor({ ok: false, code: refused }, TRAINING_REFUSALS);
  return { status, body: { code, text } };
}

function give(res: Response, { status, body, headers }: HotAnswer): void {
  res
    .status(status)
    .set({ ...headers })
    .json(body);
}

/** Session, permission and body checked. */
function studyDoor<S extends z.ZodType>(
  services: Services,
  schema: S,
  handle: (ctx: ActorCtx, body: z.infer<S>, req: Request) => Promise<HotAnswer>,
): (req: Request, res: Response) => Promise<HotAnswer> {
  return async (req, res) => {
    const ctx = await services.requestCtx(req, res);
    const { actor, actorId } = ctx;
    if (actor === null || actorId === null) return SIGN_IN;
    if (!mayDo(ctx, 'study.own')) return refusal('FORBIDDEN');
    const body = schema.safeParse(req.body);
    return body.success ? handle({ ...ctx, actor, actorId }, body.data, req) : BAD_REQUEST;
  };
}

const clientFault = z.object({ status: z.number().int().min(400).max(499) });

/** What goes wrong is answered in JSON, which the page understands; a fault of ours is logged once, with its id. */
function studyFault({ system }: Services, error: unknown, requestId: string): HotAnswer {
  if (clientFault.safeParse(error).success) return BAD_REQUEST;
  if (isDatabaseAway(error))
    return {
      status: 503,
      headers: { 'Retry-After': '5' },
      body: { code: 'TRY_AGAIN', text: '系统正在恢复，请稍候。' },
    };
  system.log.error({ err: error, requestId }, 'study handler failed');
  return { status: 500, body: { code: 'FAULT', text: `系统出错，请求编号 ${requestId}。` } };
}
