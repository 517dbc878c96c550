import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { decidingUnit } from '../year/deciding-unit.server.ts';
import type { CloseRefusal } from './credits.ts';
import type { SealedPerson } from './sealed-credit.ts';
import { commonRegion, sealedNames, sealedYears } from './sealed-credit.ts';
import { sealedOfClass } from './sealed-view.server.ts';
import { findOwnSession } from './session-scope.server.ts';

export const BUREAU_CLOSE_TASK = 'session.close_sealed';

/** The region whose bureau reaches the organiser and everybody whose year is sealed. */
async function regionToAsk(
  ctx: ActorCtx,
  tree: OrgTree,
  unitId: string,
  sealed: readonly SealedPerson[],
): Promise<string | null> {
  const regionIds = new Set<string>();
  for (const id of new Set([unitId, ...sealed.map((person) => person.unitId)])) {
    const unit = await decidingUnit(ctx, id);
    if (unit !== null) regionIds.add(unit.regionId);
  }
  return commonRegion([...regionIds].map((id) => regionAncestors(tree, id)));
}

/**
 * Asks the bureau to close a class that would write into sealed years; asked again, nothing more is done. Refusals:
 * FORBIDDEN; NOT_FOUND (out of reach, or no bureau is above everybody); those of closing; NOTHING_SEALED.
 */
export async function askBureauToClose(
  ctx: ActorCtx,
  sessionId: string,
): Promise<Outcome<{ readonly names: string }, CloseRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'NOTHING_SEALED'>> {
  if (!mayDo(ctx, 'session.close')) return refused('FORBIDDEN');
  const found = await findOwnSession(ctx, 'session.close', sessionId);
  if (!found) return refused('NOT_FOUND');
  const { session, tree } = found;
  const sealed = await sealedOfClass(ctx, found);
  if (!sealed.ok) return sealed;
  if (sealed.value.beyond.length === 0) return refused('NOTHING_SEALED');
  const regionId = await regionToAsk(ctx, tree, session.unitId, sealed.value.beyond);
  if (regionId === null) return refused('NOT_FOUND');
  const names = sealedNames(sealed.value.beyond);
  const years = sealedYears(sealed.value.beyond);
  const asked = await inTransaction(ctx, 'ask-bureau-to-close', async (tx) => {
    await askForTasks(tx, ctx, [
      {
        kind: BUREAU_CLOSE_TASK,
        key: session.id,
        title: `审核并结班：${session.title}`.slice(0, 60),
        proposal: `${names}的 ${years} 年度学时已封账，请核对考勤后结班，计入的学时作为封账后的调整列示。`,
        origin: { kind: 'training_session', id: session.id, label: session.title.slice(0, 120) },
        path: `/coordinate/sessions/${session.id}?tab=close`,
        dueDay: null,
        assignee: { role: 'justice_bureau', unitId: null, regionId },
      },
    ]);
    await appendAudit(tx, ctx, {
      action: 'session.ask_bureau',
      subjectKind: 'training_session',
      subjectId: session.id,
      unitId: session.unitId,
      detail: { regionId, people: sealed.value.beyond.length },
    });
  });
  return asked.ok ? done({ names }) : asked;
}
