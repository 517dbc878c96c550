import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type {
  AnswerCorrectionRefusal,
  FileCorrectionRefusal,
  WantedDetails,
} from '#app/organization/register/correct-person.server.ts';
import { answerCorrectionIn, fileCorrectionIn } from '#app/organization/register/correct-person.server.ts';
import type { DecideFiledRefusal } from '#app/organization/register/correction.ts';
import { decideAnswer } from '#app/organization/register/correction.ts';
import { findCorrection } from '#app/organization/register/correction.store.server.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import { asCommand } from './as-command.server.ts';
import { personInReach } from './person-scope.server.ts';
import { correctionTask } from './roster-tasks.ts';
import type { CorrectPersonForm } from './roster.schema.ts';
import type { UploadedScan } from '../approval/uploaded-scan.server.ts';

export type CorrectPersonRefusal = FileCorrectionRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

const filedShape = z.object({ correctionId: z.string(), needsSecond: z.boolean() });

function wantedOf(form: CorrectPersonForm): WantedDetails {
  const { name, idNumber, phone, education, hasLegalQualification } = form;
  return {
    ...(name === undefined ? {} : { name }),
    ...(idNumber === undefined ? {} : { idNumber }),
    ...(phone === undefined ? {} : { phone }),
    education: education ?? null,
    hasLegalQualification,
  };
}

/** The input as a receipt may keep it: the number as its keyed hash, the phone not at all readable either. */
function receiptInput(ctx: ActorCtx, personId: string, form: CorrectPersonForm, scan: UploadedScan | null) {
  const { commandId: _, idNumber, phone, ...rest } = form;
  return {
    ...rest,
    personId,
    idNumberHash: idNumber === undefined ? null : idNumberHash(ctx.secrets, idNumber),
    phoneHash: phone === undefined ? null : idNumberHash(ctx.secrets, phone),
    scan: scan === null ? null : sha256(scan.bytes).toString('hex'),
  };
}

/**
 * A liaison puts a person's data right, with proof. Name and ID number wait for a second person, who is asked by a task.
 * Refusals: FORBIDDEN; NOT_FOUND; those of `fileCorrectionIn`; COMMAND_REUSED.
 */
export async function correctPerson(
  ctx: ActorCtx,
  personId: string,
  form: CorrectPersonForm,
  scan: UploadedScan | null,
): Promise<Outcome<z.infer<typeof filedShape>, CorrectPersonRefusal>> {
  const stand = await personInReach(ctx, 'roster.correct', personId);
  if (!stand.ok) return stand;
  const { unitId, reach } = stand.value;
  const person = await findPersonCard(ctx.pool, personId);
  const unit = reach.tree.units.get(unitId);
  if (person === null || unit === undefined) return refused('NOT_FOUND');
  return asCommand<z.infer<typeof filedShape>, FileCorrectionRefusal>(
    ctx,
    { kind: 'person.correct', commandId: form.commandId, input: receiptInput(ctx, personId, form, scan) },
    filedShape,
    async (tx, refuse) => {
      const filed = await fileCorrectionIn(
        tx,
        ctx,
        { personId, unitId, wanted: wantedOf(form), proof: form.proof, scan },
        refuse,
      );
      if (filed.needsSecond)
        await openTasks(tx, ctx, [
          correctionTask(filed.correctionId, { person: person.name, regionId: unit.regionId }),
        ]);
      return { ...filed };
    },
  );
}

export type AnswerRefusal =
  AnswerCorrectionRefusal | DecideFiledRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

export interface AnswerInput {
  readonly correctionId: string;
  readonly act: 'apply' | 'decline' | 'withdraw';
  readonly note: string | null;
  readonly commandId: string;
}

/**
 * The second person agrees or not; the maker may take it back. Two accounts of one person are one person. Refusals:
 * FORBIDDEN (another hand is needed); NOT_FOUND; those of `decideAnswer` and `answerCorrectionIn`; COMMAND_REUSED.
 */
export async function answerCorrection(
  ctx: ActorCtx,
  input: AnswerInput,
): Promise<Outcome<{ correctionId: string }, AnswerRefusal>> {
  const { commandId, ...asked } = input;
  const permission = asked.act === 'withdraw' ? 'roster.correct' : 'roster.approve_correction';
  const correction = await findCorrection(ctx.pool, asked.correctionId);
  if (correction === null) return refused('NOT_FOUND');
  const { unitIds } = await reachFor(ctx, 'roster.read_correction');
  if (!unitIds.has(correction.unitId)) return refused('NOT_FOUND');
  if (!mayDo(ctx, permission) || !(await reachFor(ctx, permission)).unitIds.has(correction.unitId))
    return refused('FORBIDDEN');
  if (asked.act === 'withdraw' && correction.filedBy !== ctx.actorId) return refused('FORBIDDEN');
  const filedByKey = await personKeyOf(ctx.db, correction.filedBy);
  const byKey = await personKeyOf(ctx.db, ctx.actorId);
  const { correctionId, note } = asked;
  return asCommand<{ correctionId: string }, AnswerCorrectionRefusal | DecideFiledRefusal>(
    ctx,
    { kind: 'person.correction_answer', commandId, input: asked },
    z.object({ correctionId: z.string() }),
    async (tx, refuse) => {
      const decided = decideAnswer({ state: correction.state, filedByKey }, { act: asked.act, byKey, note });
      if (!decided.ok) return refuse(decided.code);
      const state = decided.value;
      if (state === 'filed') return refuse('CORRECTION_ANSWERED');
      await answerCorrectionIn(tx, ctx, { correctionId, state, note }, refuse);
      await settleTasks(tx, ctx, {
        kind: 'person.correction',
        keys: [correctionId],
        outcome: state === 'withdrawn' ? 'withdrawn' : 'done',
      });
      return { correctionId };
    },
  );
}
