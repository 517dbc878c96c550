import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { endBoundSessions } from '#app/accounts/session.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { lockRooms, lockSitting } from './seating.store.server.ts';
import { findSettings } from './settings.store.server.ts';
import type { ChangeableSettings, SettingChange, SettingsChangeRefusal } from './sitting-change.ts';
import { changeText, decideSettingsChange, toldChanges } from './sitting-change.ts';
import type { Holder } from './ticket.store.server.ts';
import { listHolders } from './ticket.store.server.ts';

export interface ChangeSettings {
  readonly sittingId: string;
  readonly settings: ChangeableSettings;
  readonly reason: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ChangeSettingsRefusal = SettingsChangeRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

const changedShape = z.object({ changed: z.number(), told: z.number() });
/** How many settings changed, and how many ticket holders were told. */
export type SettingsChanged = z.infer<typeof changedShape>;

const TIMEOUT_MS = 60_000;

/** To whoever holds a ticket, and to their units; numbers stay, what was printed is printed again. */
async function tell(
  tx: Tx,
  ctx: ActorCtx,
  { sitting, changes, holders, input }: Told & { readonly holders: readonly Holder[] },
): Promise<number> {
  const told = toldChanges(changes);
  if (told.length === 0 || holders.length === 0) return 0;
  const key = `${sitting.id}:settings:${input.expectedVersion + 1}`;
  const title = '考试时间安排有调整';
  const body = `${sitting.title}：${told.map(changeText).join('；')}。\n原因：${input.reason}。\n准考证号不变，准考证所载与此不同的，以本通知为准。`;
  const common = { kind: 'exam.times_changed' as const, title };
  const people = [...new Set(holders.map((one) => one.personId))];
  await askForNotices(tx, ctx, [
    { ...common, key: `${key}:people`, body, path: '/exams', to: [{ personIds: people }] },
    {
      ...{ ...common, key: `${key}:units`, path: null },
      body: `${body}\n请通知本单位考生，并重新打印准考证。`,
      to: [{ role: 'unit_liaison', unitIds: [...new Set(holders.map((one) => one.unitId))] }],
    },
  ]);
  return people.length;
}

interface Told {
  readonly sitting: SeatingSitting;
  readonly changes: readonly SettingChange[];
  readonly input: ChangeSettings;
}

/** Who, when, what from what into what, and why. */
async function writeTrace(tx: Tx, ctx: ActorCtx, { sitting, changes, input }: Told): Promise<void> {
  const detail = { changes: changes.map((one) => ({ ...one })) };
  await tx.examSeatingEvent.create({
    data: {
      ...{ id: newId(), sittingId: sitting.id, kind: 'settings_changed', note: input.reason, detail },
      ...{ actorId: ctx.actorId, occurredAt: ctx.clock.now() },
    },
  });
  await appendAudit(tx, ctx, {
    action: 'exam.change_settings',
    subjectKind: 'exam_sitting',
    subjectId: sitting.id,
    regionId: sitting.regionId,
    detail: { ...detail, reason: input.reason },
  });
}

/** Whoever signed in at the door is signed in for the window of then. */
const movesDoor = (changes: readonly SettingChange[]): boolean =>
  changes.some(({ setting }) => setting === 'checkInFrom' || setting === 'hardEndAt');

/**
 * 修改场次设置: until papers are sealed and while nobody has begun, a sitting may be held otherwise than it was announced,
 * with a reason; ticket holders are told of what concerns them. Refusals: FORBIDDEN, NOT_FOUND; those of
 * `decideSettingsChange` (of two changes at once one wins); COMMAND_REUSED.
 */
export async function changeSettings(
  ctx: ActorCtx,
  input: ChangeSettings,
): Promise<Outcome<SettingsChanged, ChangeSettingsRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.change_settings', input: asked };
  return inTransaction<SettingsChanged, ChangeSettingsRefusal>(
    ctx,
    'change-exam-settings',
    (tx, refuse) =>
      withReceipt(tx, key, changedShape, refuse, async () => {
        // As a start, a seal and a change of date take them: sitting → rooms → registrations.
        await lockSitting(tx, sitting.id);
        await lockRooms(tx, sitting.id);
        const stored = (await findSettings(tx, sitting.id)) ?? refuse('NOT_FOUND');
        const decided = decideSettingsChange(stored, { ...asked, now: ctx.clock.now() });
        if (!decided.ok) return refuse(decided.code, decided.detail);
        const changes = decided.value;
        await tx.examSitting.update({
          where: { id: sitting.id },
          data: { ...input.settings, version: { increment: 1 } },
        });
        const holders = await listHolders(tx, sitting.id);
        if (movesDoor(changes))
          await endBoundSessions(
            tx,
            holders.map((one) => one.registrationId),
          );
        await writeTrace(tx, ctx, { sitting, changes, input });
        const told = await tell(tx, ctx, { sitting, changes, input, holders });
        return { changed: changes.length, told };
      }),
    { timeoutMs: TIMEOUT_MS },
  );
}
