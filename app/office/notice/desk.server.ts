import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Jobs } from '#app/platform/jobs/jobs.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Gateway } from './delivery/gateway.server.ts';
import type { Mailer } from './delivery/mailer.server.ts';

/** The ways out of the running application. */
export interface NoticeDesk {
  /** null: no SMTP server is configured. */
  readonly mailer: Mailer | null;
  /** null: no gateway is configured. */
  readonly gateway: Gateway | null;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

const desks = new WeakMap<Pool, NoticeDesk>();

/** Set once by the composition root (and by tests). */
export function provideNoticeDesk(pool: Pool, desk: NoticeDesk): void {
  desks.set(pool, desk);
}

export function noticeDesk(ctx: Pick<Ctx, 'pool'>): NoticeDesk {
  const desk = desks.get(ctx.pool);
  invariant(desk, 'the office was composed before it is used');
  return desk;
}
