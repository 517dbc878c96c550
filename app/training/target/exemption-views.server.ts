import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { PersonChoice } from '#app/office/change/own-people.server.ts';
import { findOwnPeople } from '#app/office/change/own-people.server.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { ProposedExemption } from './absence-proposals.store.server.ts';
import { listProposals } from './absence-proposals.store.server.ts';
import { mayApprove } from './answer-exemption.server.ts';
import { openExemptionScan } from './exemption-scan.server.ts';
import type { ExemptionRequest } from './exemption.store.server.ts';
import { findExemptionRequest, findExemptionScan, listExemptionRequests } from './exemption.store.server.ts';

export interface ExemptionLine extends ExemptionRequest {
  readonly unitName: string;
}

export interface ExemptionsView {
  readonly year: number;
  readonly years: readonly number[];
  readonly lines: readonly ExemptionLine[];
  /** People away this year for whom nothing has been asked yet; only for who may ask. */
  readonly proposals: readonly ProposedExemption[];
  readonly mayFile: boolean;
}

/** Requests of the actor's units in a year, and the absences that suggest one. Refusal: FORBIDDEN. */
export async function viewExemptions(
  ctx: ActorCtx,
  askedYear: number | null,
): Promise<Outcome<ExemptionsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exemption.read')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'exemption.read');
  const thisYear = yearOf(dayOf(ctx.clock.now()));
  const years = [thisYear + 1, thisYear, thisYear - 1];
  const year = askedYear !== null && years.includes(askedYear) ? askedYear : thisYear;
  const requests = await listExemptionRequests(ctx.pool, [...unitIds], year);
  const mayFile = mayDo(ctx, 'exemption.file');
  const own = mayFile ? (await reachFor(ctx, 'exemption.file')).unitIds : new Set<string>();
  return done({
    year,
    years,
    lines: requests.map((line) => ({ ...line, unitName: tree.units.get(line.unitId)?.name ?? '' })),
    proposals: mayFile ? await listProposals(ctx.pool, [...own], year) : [],
    mayFile,
  });
}

export interface ExemptionPage {
  readonly request: ExemptionLine;
  readonly mayAnswer: boolean;
  /** Why the viewer may not answer although others of the office may. */
  readonly hint: 'own' | 'self' | 'bureau' | null;
  readonly mayWithdraw: boolean;
  readonly mayEnd: boolean;
}

async function requestInReach(
  ctx: ActorCtx,
  requestId: string,
): Promise<Outcome<ExemptionLine, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exemption.read')) return refused('FORBIDDEN');
  const request = isId(requestId) ? await findExemptionRequest(ctx.pool, requestId) : null;
  const { unitIds, tree } = await reachFor(ctx, 'exemption.read');
  if (request === null || !unitIds.has(request.unitId)) return refused('NOT_FOUND');
  return done({ ...request, unitName: tree.units.get(request.unitId)?.name ?? '' });
}

/** One request with what the viewer may do about it. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewExemption(
  ctx: ActorCtx,
  requestId: string,
): Promise<Outcome<ExemptionPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const found = await requestInReach(ctx, requestId);
  if (!found.ok) return found;
  const request = found.value;
  const isMaker = (await personKeyOf(ctx.db, request.filedBy)) === (await personKeyOf(ctx.db, ctx.actorId));
  const isSelf = ctx.actor.personId === request.personId;
  const allowed = await mayApprove(ctx, request.unitId);
  const isOpen = request.state === 'filed';
  const isSecond = allowed.ok && !isMaker && !isSelf;
  const isForBureau = !allowed.ok && allowed.code === 'APPROVER_IS_BUREAU';
  return done({
    request,
    mayAnswer: isOpen && isSecond,
    hint: !isOpen ? null : isMaker ? 'own' : isSelf ? 'self' : isForBureau ? 'bureau' : null,
    mayWithdraw: isOpen && request.filedBy === ctx.actorId,
    mayEnd: request.state === 'approved' && isSecond,
  });
}

export interface OpenedScan {
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** The paper behind a request; every reading leaves a trace. Refusals: FORBIDDEN; NOT_FOUND. */
export async function readExemptionScan(
  ctx: ActorCtx,
  requestId: string,
): Promise<Outcome<OpenedScan, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const found = await requestInReach(ctx, requestId);
  if (!found.ok) return found;
  const scan = await findExemptionScan(ctx.pool, requestId);
  if (scan === null) return refused('NOT_FOUND');
  const { type, name, cipher } = scan;
  const bytes = openExemptionScan(ctx, requestId, cipher);
  return inTransaction<OpenedScan>(ctx, 'read-exemption-scan', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'exemption.read_scan',
      subjectKind: 'exemption_request',
      subjectId: requestId,
      unitId: found.value.unitId,
    });
    return { type, name, bytes };
  });
}

export interface NewExemptionPage {
  readonly person: { readonly id: string; readonly name: string; readonly unitName: string } | null;
  readonly choice: { readonly rows: readonly PersonChoice[]; readonly total: number; readonly text: string };
  /** What an absence of this person suggests. */
  readonly proposal: ProposedExemption | null;
  readonly approver: 'unit_leader' | 'justice_bureau';
  readonly today: Day;
}

/** The form for one person, or the choice of a person. Refusals: FORBIDDEN; NOT_FOUND (nobody of the actor's units). */
export async function viewNewExemption(
  ctx: ActorCtx,
  asked: { readonly personId: string | null; readonly absenceId: string | null; readonly text: string },
): Promise<Outcome<NewExemptionPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exemption.file')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'exemption.file');
  const today = dayOf(ctx.clock.now());
  const { personId, absenceId, text } = asked;
  if (personId === null) {
    const choice = { ...(await findOwnPeople(ctx, 'exemption.file', text)), text };
    return done({ person: null, choice, proposal: null, approver: 'justice_bureau', today });
  }
  const home = (await homeLinksOn(ctx.pool, [personId], today)).get(personId);
  const card = home && unitIds.has(home.unitId) ? await findPersonCard(ctx.pool, personId) : null;
  if (!home || !card) return refused('NOT_FOUND');
  const { exemptionApprover } = await loadRules(ctx.pool, home.regionId, today);
  const proposals = absenceId === null ? [] : await listProposals(ctx.pool, [home.unitId], yearOf(today));
  const own = proposals.find((one) => one.absenceId === absenceId && one.personId === personId);
  return done({
    person: { id: personId, name: card.name, unitName: tree.units.get(home.unitId)?.name ?? '' },
    choice: { rows: [], total: 0, text },
    proposal: own ?? null,
    approver: exemptionApprover.value,
    today,
  });
}
