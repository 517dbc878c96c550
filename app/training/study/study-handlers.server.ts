import type { ErrorRequestHandler, Express, NextFunction, Request, Response } from 'express';
import express from 'express';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { admits } from '#app/accounts/permission.ts';
import { createWhoAsks } from '#app/accounts/who-asks.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { TRAINING_REFUSALS } from '../refusals.ts';
import { openStudyVisit } from './open-visit.server.ts';
import { createBeatRecorder } from './record-beats.server.ts';
import { beatSchema, openSchema } from './study.schema.ts';

const MAX_BODY = '2kb';

/**
 * POST /study/open and POST /study/beat, before Remix and with the same session and permission code: a beat comes every
 * half minute from every reader and needs neither routing nor rendering. Permission of both doors: `study.own`.
 */
export function mountStudy(app: Express, services: Services): void {
  const json = express.json({ limit: MAX_BODY });
  const openDoor = studyDoor(services, openSchema, async (ctx, body, res, req) => {
    const { course: courseSlug, lesson: lessonSlug } = body;
    const opened = await openStudyVisit(ctx, { courseSlug, lessonSlug, device: deviceMark(req) });
    if (opened.ok) res.json(opened.value);
    else refuse(res, opened.code);
  });
  const doors = { '/study/open': openDoor, '/study/beat': createBeatDoor(services) };
  for (const [path, door] of Object.entries(doors))
    app.post(path, json, (req: Request, res: Response, next: NextFunction) => {
      res.setHeader('Cache-Control', 'no-store');
      door(req, res).catch(next);
    });
  app.use('/study', studyFault(services));
}

/**
 * The door of beats: session, right and time are each one statement for all who knock at the moment. Whose session has
 * ended or is due to be prolonged goes the ordinary way.
 */
function createBeatDoor(services: Services): (req: Request, res: Response) => Promise<void> {
  const recorder = createBeatRecorder(services.system);
  const whoAsks = createWhoAsks(services.system);
  const record = async (personId: string, sent: unknown, res: Response): Promise<void> => {
    const body = beatSchema.safeParse(sent);
    if (!body.success) return badRequest(res);
    const recorded = await recorder.record({ personId, ...beatOf(body.data) });
    if (recorded.ok) res.json(recorded.value);
    else refuse(res, recorded.code);
  };
  const ordinary = studyDoor(services, beatSchema, (ctx, body, res) => record(ownPersonId(ctx), body, res));
  return async (req, res) => {
    const asker = await whoAsks(req.get('cookie'));
    const mayStudy = asker !== null && asker.personId !== null && admits('study.own', asker.roles);
    return mayStudy ? record(asker.personId ?? '', req.body, res) : ordinary(req, res);
  };
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

function badRequest(res: Response): void {
  res.status(400).json({ code: 'BAD_REQUEST', text: '请求的格式不对，请刷新页面。' });
}

/** Tells two browsers of one person apart and nothing else: a few characters of a hash of their session. */
function deviceMark(req: Request): string {
  return sha256(`device:${req.get('cookie') ?? ''}`)
    .toString('hex')
    .slice(0, 8);
}

function refuse(res: Response, code: 'FORBIDDEN' | 'NOT_FOUND'): void {
  const { status, text } = answerFor(refused(code), TRAINING_REFUSALS);
  res.status(status).json({ code, text });
}

/** Session, permission and body checked. */
function studyDoor<S extends z.ZodType>(
  services: Services,
  schema: S,
  handle: (ctx: ActorCtx, body: z.infer<S>, res: Response, req: Request) => Promise<void>,
): (req: Request, res: Response) => Promise<void> {
  return async (req, res) => {
    const ctx = await services.requestCtx(req, res);
    const { actor, actorId } = ctx;
    if (actor === null || actorId === null) {
      res.status(401).json({ code: 'SIGN_IN_REQUIRED', text: '登录已过期，请重新登录。' });
      return;
    }
    if (!mayDo(ctx, 'study.own')) return refuse(res, 'FORBIDDEN');
    const body = schema.safeParse(req.body);
    if (body.success) return handle({ ...ctx, actor, actorId }, body.data, res, req);
    badRequest(res);
  };
}

const clientFault = z.object({ status: z.number().int().min(400).max(499) });

/** What goes wrong is answered in JSON, which the page understands; a fault of ours is logged once, with its id. */
function studyFault(services: Services): ErrorRequestHandler {
  return (error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    const unreadable = clientFault.safeParse(error);
    if (unreadable.success) {
      res.status(unreadable.data.status).json({ code: 'BAD_REQUEST', text: '请求的格式不对，请刷新页面。' });
    } else if (isDatabaseAway(error)) {
      res.status(503).set('Retry-After', '5').json({ code: 'TRY_AGAIN', text: '系统正在恢复，请稍候。' });
    } else {
      const requestId = String(res.locals.requestId);
      services.system.log.error({ err: error, requestId }, 'study handler failed');
      res.status(500).json({ code: 'FAULT', text: `系统出错，请求编号 ${requestId}。` });
    }
  };
}
