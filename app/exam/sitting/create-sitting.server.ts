import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { findBlueprint } from '../paper/blueprint.store.server.ts';
import type { SittingSettings } from './sitting-settings.ts';

/** What a sitting of a batch sets beside its times; a sitting that stands alone takes the defaults below. */
export type FurtherSettings = Pick<
  SittingSettings,
  | 'placeMode'
  | 'checkInFrom'
  | 'needsAccessCode'
  | 'needsDeviceRelease'
  | 'ipRanges'
  | 'focusPolicy'
  | 'focusLimit'
  | 'resultRelease'
>;

const DEFAULTS: FurtherSettings = {
  placeMode: 'remote',
  checkInFrom: null,
  needsAccessCode: false,
  needsDeviceRelease: false,
  ipRanges: [],
  focusPolicy: 'note',
  focusLimit: null,
  resultRelease: 'at_once',
};

export interface NewSitting extends Partial<FurtherSettings> {
  readonly title: string;
  /** The newest version of this blueprint is taken. */
  readonly blueprintCode: string;
  readonly regionId: string;
  readonly opensAt: Date;
  readonly latestEntryAt: Date;
  readonly hardEndAt: Date;
  /** Left out: as the blueprint says. */
  readonly durationSeconds?: number | undefined;
  /** Caller passes the region's rule `examGraceSeconds`. */
  readonly graceSeconds: number;
  readonly earliestHandInSeconds: number;
  readonly startMode: 'own' | 'bell';
  /** Slug of the course that must be completed before the start; null when there is none. */
  readonly preconditionCourse: string | null;
  readonly attemptLimit: number;
  readonly isDemo?: boolean | undefined;
  /** The batch whose people sit here; left out: none. */
  readonly batchId?: string | undefined;
}

export type CreateSittingRefusal = 'BLUEPRINT_UNKNOWN' | 'TIMES_NOT_IN_ORDER';

/**
 * Publishes a sitting. For the system itself (the demo city) and for commands that have authorised their person.
 * Refuses BLUEPRINT_UNKNOWN, and TIMES_NOT_IN_ORDER unless opening < latest entry ≤ hard end.
 */
export async function createSitting(
  ctx: Ctx,
  input: NewSitting,
): Promise<Outcome<{ sittingId: string }, CreateSittingRefusal>> {
  return inTransaction<{ sittingId: string }, CreateSittingRefusal>(ctx, 'create-sitting', (tx, refuse) =>
    createSittingIn(tx, ctx, input, refuse),
  );
}

/** The same in the transaction of the caller. */
export async function createSittingIn(
  tx: Tx,
  ctx: Ctx,
  input: NewSitting,
  refuse: Refuse<CreateSittingRefusal>,
): Promise<{ sittingId: string }> {
  const { blueprintCode, durationSeconds, isDemo = false, batchId = null, ...rest } = input;
  const blueprint = (await findBlueprint(tx, blueprintCode)) ?? refuse('BLUEPRINT_UNKNOWN');
  const { opensAt, latestEntryAt, hardEndAt } = input;
  if (opensAt >= latestEntryAt || latestEntryAt > hardEndAt) refuse('TIMES_NOT_IN_ORDER');
  const sittingId = newId<'ExamSitting'>();
  const settings = { ...DEFAULTS, ...rest };
  await tx.examSitting.create({
    data: {
      ...settings,
      id: sittingId,
      ipRanges: [...settings.ipRanges],
      batchId,
      blueprintId: blueprint.id,
      durationSeconds: durationSeconds ?? blueprint.spec.durationMinutes * 60,
      isDemo,
      status: 'published',
      createdAt: ctx.clock.now(),
    },
  });
  await appendAudit(tx, ctx, {
    action: 'exam.create_sitting',
    subjectKind: 'exam_sitting',
    subjectId: sittingId,
    regionId: input.regionId,
    detail: { title: input.title, blueprint: blueprint.code },
  });
  return { sittingId };
}
