import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { lockOrganisation } from '../change/org-state.store.server.ts';
import type { ConfirmedLine } from './decide-confirmation.ts';
import { decideConfirmation } from './decide-confirmation.ts';
import {
  insertEntity,
  insertVersions,
  lockConfirmedVersions,
  lockHeldVersions,
  stateCreditCode,
  supersedeVersions,
} from './entity.store.server.ts';

export type ConfirmEntitiesRefusal = 'CREDIT_CODE_TAKEN';

export interface ConfirmEntitiesInput {
  /** Number of the document by which the government confirms. */
  readonly documentNo: string;
  readonly effectiveDay: Day;
  readonly lines: readonly ConfirmedLine[];
}

export interface ConfirmedEntities {
  readonly confirmed: number;
  readonly abolished: number;
  /** Entities that no longer stand with their unit on the day. */
  readonly gone: readonly string[];
}

/**
 * The yearly confirmation takes effect (YC1): dated rows are superseded, never edited. In the transaction of the caller,
 * who has authorised it. Refusal: CREDIT_CODE_TAKEN (the code of a new entity belongs to another).
 */
export async function confirmEntitiesIn(
  tx: Tx,
  ctx: Ctx,
  input: ConfirmEntitiesInput,
  refuse: Refuse<ConfirmEntitiesRefusal>,
): Promise<ConfirmedEntities> {
  const { documentNo, effectiveDay, lines } = input;
  await lockOrganisation(tx);
  const unitIds = [...new Set(lines.map((line) => line.unitId))];
  const held = await lockHeldVersions(tx, unitIds, effectiveDay);
  const plan = decideConfirmation(held, lines, { documentNo, effectiveDay });
  await writeCodes(tx, lines, new Map(held.map((row) => [row.entityId, row.creditCode])), refuse);
  const now = ctx.clock.now();
  await supersedeVersions(tx, plan.supersede, now);
  await insertVersions(tx, plan.insert, now);
  const abolished = lines.filter(
    ({ verdict, entityId }) => verdict === 'abolished' && !plan.gone.includes(entityId),
  );
  const counts = {
    confirmed: lines.length - plan.gone.length - abolished.length,
    abolished: abolished.length,
  };
  await appendAudit(tx, ctx, {
    action: 'entity.confirm',
    subjectKind: 'entity_confirmation',
    subjectId: documentNo,
    detail: { ...counts, effectiveDay, gone: [...plan.gone] },
  });
  return { ...counts, gone: plan.gone };
}

async function writeCodes(
  tx: Tx,
  lines: readonly ConfirmedLine[],
  knownCodes: ReadonlyMap<string, string | null>,
  refuse: Refuse<ConfirmEntitiesRefusal>,
): Promise<void> {
  for (const line of lines) {
    if (line.verdict === 'same' || line.verdict === 'abolished') continue;
    const { creditCode, name } = line.statement;
    if (line.verdict === 'new') {
      if (!(await insertEntity(tx, line.entityId, line.statement))) refuse('CREDIT_CODE_TAKEN', { name });
    } else if (creditCode !== null && knownCodes.get(line.entityId) !== creditCode) {
      if (!(await stateCreditCode(tx, line.entityId, creditCode))) refuse('CREDIT_CODE_TAKEN', { name });
    }
  }
}

/** The announcement of a confirmation is out: its rows carry the day. In the transaction of the caller. */
export async function announceEntitiesIn(
  tx: Tx,
  ctx: Ctx,
  input: { readonly documentNo: string; readonly announcedDay: Day },
): Promise<number> {
  await lockOrganisation(tx);
  const rows = await lockConfirmedVersions(tx, input.documentNo);
  const now = ctx.clock.now();
  await supersedeVersions(
    tx,
    rows.map((row) => row.rowId),
    now,
  );
  await insertVersions(
    tx,
    rows.map(({ rowId: _, creditCode: __, ...row }) => ({ ...row, announcedDay: input.announcedDay })),
    now,
  );
  await appendAudit(tx, ctx, {
    action: 'entity.announce',
    subjectKind: 'entity_confirmation',
    subjectId: input.documentNo,
    detail: { rows: rows.length, announcedDay: input.announcedDay },
  });
  return rows.length;
}
