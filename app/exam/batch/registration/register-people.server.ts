import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Judgement } from '../../eligibility/eligibility.ts';
import type { AskedCandidate } from '../../eligibility/facts.store.server.ts';
import type { DeclaredSanction } from '../../eligibility/sanction.ts';
import { afterAct } from '../../sitting/registration.ts';
import { phaseOf } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import { lockBatch } from '../batch.store.server.ts';
import { listThrough } from './exam-standing.store.server.ts';
import { judgeCandidates } from './judge-candidates.server.ts';
import { askOffices } from './office-tasks.server.ts';
import { returnedKey } from './registration-messages.ts';
import type { NewRegistration, Registration } from './registration.store.server.ts';
import {
  appendRegistrationEvents,
  insertRegistrations,
  lockOfPersons,
  registerAgain,
} from './registration.store.server.ts';

export interface RegisteredPerson {
  readonly personId: string;
  /** What the unit declares; null = no sanction in force. */
  readonly sanction: DeclaredSanction | null;
}

export interface RegisterPeople {
  readonly batchId: string;
  readonly people: readonly RegisteredPerson[];
  /** Required for 补报: why they come late. */
  readonly note: string | null;
  readonly commandId: string;
}

export type RegisterRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'REGISTRATION_NOT_OPEN'
  | 'REGISTRATION_OVER'
  | 'LATE_REASON_REQUIRED'
  | 'NOT_ELIGIBLE'
  | 'EXAM_HELD_FOR'
  | 'COMMAND_REUSED';

const registeredShape = z.object({ registered: z.number(), known: z.number() });
export type Registered = z.infer<typeof registeredShape>;

const REGISTER_TIMEOUT_MS = 30_000;

interface Checked {
  readonly batch: Batch;
  readonly route: 'regular' | 'late';
}

function checkWindow(
  batch: Batch,
  asked: { readonly note: string | null; readonly now: Date },
  refuse: Refuse<RegisterRefusal>,
): Checked {
  const phase = phaseOf(batch, asked.now);
  if (phase === 'not_yet') return refuse('REGISTRATION_NOT_OPEN');
  if (phase === 'over') return refuse('REGISTRATION_OVER');
  if (phase === 'late' && (asked.note ?? '').trim() === '') return refuse('LATE_REASON_REQUIRED');
  return { batch, route: phase };
}

/** Everybody must be eligible or need a look; the first who is not is named with the reason. */
function refuseIneligible(
  judged: ReadonlyMap<string, Judgement>,
  names: ReadonlyMap<string, string>,
  refuse: Refuse<RegisterRefusal>,
): void {
  const refusedOnes = [...judged].filter(([, { verdict }]) => verdict === 'refused');
  const [first] = refusedOnes;
  if (first === undefined) return;
  const [personId, { reasons }] = first;
  refuse('NOT_ELIGIBLE', {
    name: names.get(personId) ?? '',
    reason: reasons[0]?.text ?? '',
    count: refusedOnes.length,
  });
}

/** Who belongs to a sitting that was held, by the paper sealed for it, is not registered for it again. */
async function refuseHeld(
  tx: Tx,
  asked: { readonly batchId: string; readonly again: readonly Registration[]; readonly now: Date },
  refuse: Refuse<RegisterRefusal>,
): Promise<void> {
  const ids = asked.again.map((one) => one.id);
  const through = await listThrough(tx, asked.batchId, asked.now, ids);
  const first = asked.again.find((one) => through.has(one.id));
  if (first !== undefined) refuse('EXAM_HELD_FOR', { name: first.personName });
}

async function namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.person.findMany({
    where: { id: { in: [...personIds] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * The unit's liaison registers people of the own units, 补报 with its reason. Who stands in the batch already is left as
 * it is; who was returned or had withdrawn is registered again. All or nobody. Refusals: FORBIDDEN; NOT_FOUND (batch, or a
 * person outside the reach); REGISTRATION_NOT_OPEN; REGISTRATION_OVER; LATE_REASON_REQUIRED; NOT_ELIGIBLE (names the first
 * and the reason); EXAM_HELD_FOR (names the first whose sitting was held); COMMAND_REUSED.
 */
export async function registerPeople(
  ctx: ActorCtx,
  input: RegisterPeople,
): Promise<Outcome<Registered, RegisterRefusal>> {
  if (!mayDo(ctx, 'exam.register')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'exam.register');
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.register', input: asked };
  const today = dayOf(ctx.clock.now());
  return inTransaction<Registered, RegisterRefusal>(
    ctx,
    'register-for-exam',
    (tx, refuse) =>
      withReceipt(tx, key, registeredShape, refuse, async () => {
        const batch = (await lockBatch(tx, input.batchId, 'share')) ?? refuse('NOT_FOUND');
        const { route } = checkWindow(batch, { note: input.note, now: ctx.clock.now() }, refuse);
        const personIds = [...new Set(input.people.map((one) => one.personId))];
        await lockPersons(tx, personIds);
        const homes = await homeLinksOn(tx, personIds, today);
        const candidates = input.people.map(({ personId, sanction }): AskedCandidate => {
          const unitId = homes.get(personId)?.unitId;
          if (unitId === undefined || !unitIds.has(unitId) || !liesIn(tree, unitId, batch))
            return refuse('NOT_FOUND');
          return { personId, unitId, sanction };
        });
        const known = new Map(
          (await lockOfPersons(tx, batch.id, personIds)).map((one) => [one.personId, one]),
        );
        const open = candidates.filter(({ personId }) => {
          const one = known.get(personId);
          return one === undefined || afterAct(one.status, 'register_again') !== null;
        });
        const again = open.flatMap(({ personId }) => known.get(personId) ?? []);
        await refuseHeld(tx, { batchId: batch.id, again, now: ctx.clock.now() }, refuse);
        const judged = await judgeCandidates({ pool: ctx.pool, db: tx }, batch, open, today);
        refuseIneligible(judged, await namesOf(tx, personIds), refuse);
        await write(tx, ctx, tree, { batch, route, open, judged, known, note: input.note });
        return { registered: open.length, known: candidates.length - open.length };
      }),
    { timeoutMs: REGISTER_TIMEOUT_MS },
  );
}

/** A bureau's batch is for the units of its region and below. */
function liesIn(tree: OrgTree, unitId: string, batch: Pick<Batch, 'regionId'>): boolean {
  let regionId = tree.units.get(unitId)?.regionId ?? null;
  const seen = new Set<string>();
  while (regionId !== null && !seen.has(regionId)) {
    if (regionId === batch.regionId) return true;
    seen.add(regionId);
    regionId = tree.regions.get(regionId)?.parentId ?? null;
  }
  return false;
}

interface ToWrite extends Checked {
  readonly open: readonly AskedCandidate[];
  readonly judged: ReadonlyMap<string, Judgement>;
  readonly known: ReadonlyMap<string, Registration>;
  readonly note: string | null;
}

async function write(tx: Tx, ctx: ActorCtx, tree: OrgTree, asked: ToWrite): Promise<void> {
  const { batch, route, open, judged, known, note } = asked;
  if (open.length === 0) return;
  const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
  const rows = open.map(({ personId, unitId, sanction }): NewRegistration => {
    const judgement = judged.get(personId) ?? { verdict: 'needs_look', reasons: [] };
    const id = known.get(personId)?.id ?? newId<'ExamRegistration'>();
    return { id, batchId: batch.id, personId, unitId, route, judgement, sanction };
  });
  const isKnown = (row: NewRegistration): boolean => known.has(row.personId);
  await insertRegistrations(
    tx,
    rows.filter((row) => !isKnown(row)),
    deed,
  );
  for (const row of rows.filter(isKnown)) await registerAgain(tx, row, deed);
  await appendRegistrationEvents(
    tx,
    rows.map((row) => ({
      registrationId: row.id,
      kind: isKnown(row) ? 'registered_again' : 'registered',
      note,
      detail: { route, verdict: row.judgement.verdict },
    })),
    deed,
  );
  const returned = [...known.values()].filter((one) => one.status === 'returned');
  await askToSettle(tx, ctx, {
    kind: 'registration.returned',
    keys: returned.map(returnedKey),
    outcome: 'done',
  });
  await askOffices(tx, ctx, tree, { batch, unitIds: [...new Set(open.map((one) => one.unitId))] });
  await appendAudit(tx, ctx, {
    action: 'exam.register',
    subjectKind: 'exam_batch',
    subjectId: batch.id,
    regionId: batch.regionId,
    detail: { count: rows.length, route, personIds: rows.map((row) => row.personId) },
  });
}
