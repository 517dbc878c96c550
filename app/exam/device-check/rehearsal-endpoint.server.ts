import express from 'express';
import type { Express, Request, Response } from 'express';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { MAX_SAVE_BYTES, saveBody } from '../sitting/exam.schema.ts';
import type { AckBody, SentAnswer } from '../sitting/wire.ts';
import { REHEARSAL_ITEMS, rehearsalTimes } from './rehearsal.ts';

/** What the journal would answer; nothing is stored, so nothing can be in conflict. */
export function ackRehearsal(id: string, events: readonly SentAnswer[], nowMs: number): AckBody | null {
  const times = rehearsalTimes(id, nowMs);
  if (!times) return null;
  const isOnPaper = ({ position }: SentAnswer): boolean =>
    REHEARSAL_ITEMS.some((item) => item.position === position);
  const isOpen = nowMs <= times.closeAtMs;
  const standing = isOpen ? 'counted' : 'late';
  return {
    stored: events.filter(isOnPaper).map(({ epoch, seq }) => ({ epoch, seq, standing })),
    conflicts: [],
    notOnPaper: events.filter((event) => !isOnPaper(event)).map(({ epoch, seq }) => ({ epoch, seq })),
    nextSeq: null,
    isOpen,
    isThisDevice: true,
    deviceEpoch: 1,
    serverNowMs: nowMs,
    deadlineAtMs: times.deadlineAtMs,
    closeAtMs: times.closeAtMs,
    pausedAtMs: null,
    noticeNo: 0,
  };
}

/**
 * POST /attempts/rehearsal/:rehearsal/answers: answers the exam's client as the journal does, for a signed-in candidate,
 * and keeps nothing. 401 without a session, 404 for what is no rehearsal, 400 for what is no save.
 */
export function mountRehearsal(app: Express, services: Services): void {
  const { clock, log } = services.system;

  const save = async (req: Request, res: Response): Promise<void> => {
    res.set('Cache-Control', 'no-store');
    const body = saveBody.safeParse(req.body);
    if (!mayDo(await services.requestCtx(req, res), 'exam.check_device'))
      return void res.status(401).json({ code: 'NOT_SIGNED_IN' });
    if (!body.success) return void res.status(400).json({ code: 'NOT_A_SAVE' });
    const ack = ackRehearsal(req.params.rehearsal ?? '', body.data.events, clock.now().getTime());
    if (!ack) return void res.status(404).json({ code: 'NOT_FOUND' });
    res.json(ack);
  };

  app.post(
    '/attempts/rehearsal/:rehearsal/answers',
    express.json({ limit: MAX_SAVE_BYTES }),
    (req: Request, res: Response) => {
      save(req, res).catch((error: unknown) => {
        log.error({ err: error, requestId: String(res.locals.requestId) }, 'rehearsal failed');
        res.status(500).json({ code: 'SAVE_FAILED' });
      });
    },
  );
}
