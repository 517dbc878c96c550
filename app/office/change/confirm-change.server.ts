import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { ApplyRefusal } from '#app/organization/change/apply-change.server.ts';
import { applyOrganisationChange } from '#app/organization/change/apply-change.server.ts';
import { subjectsOf } from '#app/organization/change/change-plan.ts';
import type {
  ChangeEventKind,
  ChangeRecord,
  Confirmation,
} from '#app/organization/change/change.store.server.ts';
import {
  appendChangeEvent,
  findChange,
  findConflict,
  lockChange,
  moveChange,
} from '#app/organization/change/change.store.server.ts';
import { lockOrganisation } from '#app/organization/change/org-state.store.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { keepScanIn, scanFingerprint } from '../approval/keep-scan.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { loadSecondPersons } from '../approval/load-second-persons.server.ts';
import type { SecondPersonRefusal, SecondPersonWay } from '../approval/second-person.ts';
import { WAY_LABELS, decideWay } from '../approval/second-person.ts';
import type { SignedForm } from '../approval/signed-form.server.ts';
import { settleTasks } from '../task/open-tasks.server.ts';
import { confirmTaskKeys } from './change-tasks.ts';

export type ChangeAct = 'confirm' | 'decline' | 'cancel' | 'retry';

export interface ActOnChangeInput {
  readonly changeId: string;
  readonly act: ChangeAct;
  /** Why; needed to decline and to cancel. */
  readonly note: string | null;
  /** The signed 审批单 with who signed it: only the maker of a bureau of one person confirms by it. */
  readonly signedForm?: SignedForm | undefined;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ActOnChangeRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'COMMAND_REUSED'
  | 'STATE_DOES_NOT_ALLOW'
  | SecondPersonRefusal
  | 'TOO_MANY_SCANS'
  | 'NOTE_REQUIRED'
  | 'CONFLICTS_WITH_PLANNED'
  | ApplyRefusal;

/** Which acts a state allows: 复核 and 不同意 while filed, 撤销 until it has counted, 重新生效 when it was blocked. */
const ALLOWED: Readonly<Record<ChangeAct, readonly ChangeRecord['state'][]>> = {
  confirm: ['filed'],
  decline: ['filed'],
  cancel: ['filed', 'planned', 'blocked'],
  retry: ['blocked'],
};

export const allowedActs = (state: ChangeRecord['state']): ChangeAct[] =>
  (['confirm', 'decline', 'cancel', 'retry'] as const).filter((act) => ALLOWED[act].includes(state));

async function note(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRecord,
  event: { kind: ChangeEventKind; note: string | null },
): Promise<void> {
  const { kind } = event;
  await appendChangeEvent(tx, {
    changeId: change.id,
    ...event,
    actorId: ctx.actorId,
    occurredAt: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: `organization.change_${kind}`,
    subjectKind: 'organisation_change',
    subjectId: change.id,
    regionId: change.regionId,
  });
}

/** Does the act now. The record moves on from the version in hand. */
export async function carryOutNow(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRecord,
  refuse: Refuse<ApplyRefusal | 'CHANGED_MEANWHILE'>,
): Promise<void> {
  const effect = await applyOrganisationChange(tx, ctx, change, refuse);
  const appliedAt = ctx.clock.now();
  if (!(await moveChange(tx, { change, state: 'applied', blockedCode: null, effect, appliedAt })))
    refuse('CHANGED_MEANWHILE');
  await note(tx, ctx, change, { kind: 'applied', note: null });
}

/** Confirmed: does it when its day has come, keeps it for its day otherwise. */
async function settleInTime(
  tx: Tx,
  ctx: ActorCtx,
  change: ChangeRecord,
  confirmed: Confirmation & { readonly way: SecondPersonWay },
  refuse: Refuse<ApplyRefusal | 'CHANGED_MEANWHILE'>,
): Promise<void> {
  const moved = await moveChange(tx, { change, state: 'planned', confirmed });
  if (!moved) refuse('CHANGED_MEANWHILE');
  const signer = confirmed.signerName === null ? '' : `，审批人 ${confirmed.signerName}`;
  await note(tx, ctx, change, { kind: 'confirmed', note: `${WAY_LABELS[confirmed.way]}${signer}` });
  if (change.effectiveDay > dayOf(ctx.clock.now())) return;
  const planned = { ...change, version: change.version + 1, confirmedBy: ctx.actorId };
  await carryOutNow(tx, ctx, planned, refuse);
}

/** 经办 ≠ 复核: who confirms, by which of the ways that are open; the signed form is kept with the act. */
async function confirmationOf(
  tx: Tx,
  ctx: ActorCtx,
  asked: {
    readonly change: ChangeRecord;
    readonly input: ActOnChangeInput;
    readonly people: LoadedSecondPersons;
  },
  refuse: Refuse<SecondPersonRefusal | 'TOO_MANY_SCANS'>,
): Promise<Confirmation & { readonly way: SecondPersonWay }> {
  const { change, people, input } = asked;
  const { scene, actorKey, standing } = people;
  const { signedForm } = input;
  const decided = decideWay(scene, { key: actorKey, standing, hasSignedForm: signedForm !== undefined });
  if (!decided.ok) return refuse(decided.code);
  const way = decided.value;
  if (way !== 'signed_form' || signedForm === undefined)
    return { by: ctx.actorId, way, scanId: null, signerName: null };
  const { scan, signerName } = signedForm;
  const subject = { kind: 'organisation_change' as const, id: change.id, regionId: change.regionId };
  const scanId = await keepScanIn(tx, ctx, { subject, purpose: 'signed_form', scan }, refuse);
  return { by: ctx.actorId, way, scanId, signerName };
}

/** Whoever may confirm may decline; the maker takes an act back instead. */
function refuseDeclining(people: LoadedSecondPersons, refuse: Refuse<SecondPersonRefusal>): void {
  const { scene, actorKey, standing } = people;
  if (actorKey === scene.makerKey) refuse('MAKER_IS_CHECKER');
  const decided = decideWay(scene, { key: actorKey, standing, hasSignedForm: false });
  if (!decided.ok) refuse(decided.code);
}

async function actIn(
  tx: Tx,
  ctx: ActorCtx,
  input: ActOnChangeInput,
  people: LoadedSecondPersons,
  refuse: Refuse<ActOnChangeRefusal>,
): Promise<string> {
  await lockOrganisation(tx);
  const change = await lockChange(tx, input.changeId);
  if (change === null) return refuse('NOT_FOUND');
  if (!ALLOWED[input.act].includes(change.state)) refuse('STATE_DOES_NOT_ALLOW', { state: change.state });
  if (change.version !== input.expectedVersion) refuse('CHANGED_MEANWHILE');
  switch (input.act) {
    case 'confirm': {
      const confirmation = await confirmationOf(tx, ctx, { change, input, people }, refuse);
      const conflict = await findConflict(tx, subjectsOf(change.plan), change.id);
      if (conflict !== null)
        refuse('CONFLICTS_WITH_PLANNED', { title: conflict.title, day: formatDay(conflict.effectiveDay) });
      await settleInTime(tx, ctx, change, confirmation, refuse);
      break;
    }
    case 'retry':
      await carryOutNow(tx, ctx, change, refuse);
      break;
    case 'decline':
    case 'cancel': {
      if (input.act === 'decline') refuseDeclining(people, refuse);
      const state = input.act === 'decline' ? 'declined' : 'cancelled';
      if (!(await moveChange(tx, { change, state }))) refuse('CHANGED_MEANWHILE');
      await note(tx, ctx, change, { kind: state, note: input.note });
    }
  }
  const outcome = input.act === 'cancel' ? 'withdrawn' : 'done';
  await settleTasks(tx, ctx, { kind: 'change.confirm', keys: confirmTaskKeys(change.id), outcome });
  return (await findChange(tx, change.id))?.state ?? '';
}

/** The act with who may answer it, for the bureau of its region and the leader who is asked; null for anybody else. */
export async function openChange(
  ctx: ActorCtx,
  changeId: string,
): Promise<{
  readonly change: ChangeRecord;
  readonly people: LoadedSecondPersons;
  readonly isBureau: boolean;
} | null> {
  const change = await findChange(ctx.pool, changeId);
  if (change === null) return null;
  const { regionIds } = await reachFor(ctx, 'organization.change');
  const people = await loadSecondPersons(ctx, { makerId: change.filedBy, regionId: change.regionId });
  const isBureau = regionIds.has(change.regionId);
  return isBureau || people.standing === 'leader' ? { change, people, isBureau } : null;
}

/**
 * The second person confirms or declines, somebody of the bureau cancels before it counts, or tries a blocked act again.
 * Refusals: FORBIDDEN; NOT_FOUND (also for acts of other regions); STATE_DOES_NOT_ALLOW; CHANGED_MEANWHILE; those of
 * `decideWay`; TOO_MANY_SCANS; NOTE_REQUIRED; CONFLICTS_WITH_PLANNED; what keeps it from being done now; COMMAND_REUSED.
 * @returns the state the act is in afterwards
 */
export async function actOnChange(
  ctx: ActorCtx,
  input: ActOnChangeInput,
): Promise<Outcome<{ state: string }, ActOnChangeRefusal>> {
  if (!mayDo(ctx, 'organization.decide_change')) return refused('FORBIDDEN');
  const opened = await openChange(ctx, input.changeId);
  if (opened === null) return refused('NOT_FOUND');
  const { people, isBureau } = opened;
  // A leader answers; taking back and trying again are the bureau's.
  if (!isBureau && (input.act === 'cancel' || input.act === 'retry')) return refused('FORBIDDEN');
  const needsNote = input.act === 'decline' || input.act === 'cancel';
  if (needsNote && (input.note ?? '').trim() === '') return refused('NOTE_REQUIRED');
  const { commandId, signedForm, ...asked } = input;
  const form =
    signedForm === undefined
      ? null
      : { scan: scanFingerprint(signedForm.scan), signerName: signedForm.signerName };
  const outcome = await inTransaction<{ state: string }, ActOnChangeRefusal>(
    ctx,
    'act-on-change',
    (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'organization.change_act', input: { ...asked, form } },
        z.object({ state: z.string() }),
        refuse,
        async () => ({ state: await actIn(tx, ctx, input, people, refuse) }),
      ),
    { timeoutMs: 60_000 },
  );
  forgetTree(ctx);
  return outcome;
}
