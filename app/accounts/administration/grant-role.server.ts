import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ActorCtx } from '../actor.server.ts';
import type { NewGrant } from '../grants/grant-moves.ts';
import { lockGrantsOfAccount, writeGrantChange } from '../grants/grant.store.server.ts';
import type { Role } from '../role.ts';
import { decideGrant, scopeKindOf } from './account-rules.ts';
import { withAccount } from './change-account.server.ts';
import { insertGrant } from './receiver.store.server.ts';
import type { AdministrationCode } from './refusals.ts';

export interface GrantInput {
  readonly role: Role;
  /** Full name or code of the unit as typed; only for roles over a unit. */
  readonly unitText: string | undefined;
  readonly regionId: string | undefined;
  readonly fieldCode: string | undefined;
  readonly fromDay: Day;
  /** First day on which it no longer holds; null while open. */
  readonly untilDay: Day | null;
  readonly reason: string;
}

interface Place {
  readonly unitId: string | null;
  readonly regionId: string | null;
  readonly fieldCode: string | null;
}

/** A unit by its code or its full name. */
function findUnit(tree: OrgTree, typed: string): Outcome<string, 'UNIT_UNKNOWN' | 'UNIT_AMBIGUOUS'> {
  const text = typed.trim();
  const found = [...tree.units.values()].filter((unit) => unit.code === text || unit.name === text);
  const [unit] = found;
  if (unit === undefined) return refused('UNIT_UNKNOWN', { text });
  return found.length === 1 ? done(unit.id) : refused('UNIT_AMBIGUOUS', { text, count: found.length });
}

type PlaceRefusal = 'UNIT_UNKNOWN' | 'UNIT_AMBIGUOUS' | 'PLACE_OUT_OF_REACH';

/** What the role's kind of scope needs, and nothing besides. */
function placeOf(input: GrantInput, tree: OrgTree): Outcome<Place, PlaceRefusal> {
  const nowhere: Place = { unitId: null, regionId: null, fieldCode: null };
  const regionId = input.regionId !== undefined && tree.regions.has(input.regionId) ? input.regionId : null;
  switch (scopeKindOf(input.role)) {
    case 'self':
    case 'platform':
      return done(nowhere);
    case 'unit': {
      const unit = findUnit(tree, input.unitText ?? '');
      return unit.ok ? done({ ...nowhere, unitId: unit.value }) : unit;
    }
    case 'region':
      return regionId === null ? refused('PLACE_OUT_OF_REACH') : done({ ...nowhere, regionId });
    case 'field':
      return regionId === null || input.fieldCode === undefined
        ? refused('PLACE_OUT_OF_REACH')
        : done({ unitId: null, regionId, fieldCode: input.fieldCode });
  }
}

/**
 * Gives a role over a place from a day on. Refusals: those of `decideGrant` and `withAccount`, UNIT_UNKNOWN,
 * UNIT_AMBIGUOUS. The person's next click carries the right once its day has come.
 */
export function grantRole(
  ctx: ActorCtx,
  accountId: string,
  input: GrantInput,
): Promise<Outcome<{ grantId: string }, AdministrationCode>> {
  return withAccount(ctx, 'grant-role', accountId, async (tx, { account, viewer, refuse }) => {
    const place = placeOf(input, viewer.tree);
    if (!place.ok) return refuse(place.code, place.detail);
    const now = ctx.clock.now();
    const wanted: NewGrant = {
      accountId,
      role: input.role,
      scopeKind: scopeKindOf(input.role),
      ...place.value,
      validFrom: input.fromDay,
      validTo: input.untilDay,
    };
    const decision = decideGrant(wanted, account, viewer, dayOf(now));
    if (!decision.ok) return refuse(decision.code, decision.detail);
    const grantId = await insertGrant(tx, decision.value, ctx.actorId, now);
    const { accountId: _, ...detail } = decision.value;
    await appendAudit(tx, ctx, {
      action: 'grants.give',
      subjectKind: 'account',
      subjectId: accountId,
      regionId: wanted.regionId,
      unitId: wanted.unitId,
      detail: { grantId, ...detail, reason: input.reason },
    });
    return { grantId };
  });
}

/**
 * Ends a right with today: one that has not begun is withdrawn, one that holds gets its last day, as a new row over the
 * old one. Refusals: those of `withAccount`, NOT_FOUND.
 */
export function endGrant(
  ctx: ActorCtx,
  accountId: string,
  input: { readonly grantId: string; readonly reason: string },
): Promise<Outcome<{ ended: true }, AdministrationCode>> {
  return withAccount(ctx, 'end-grant', accountId, async (tx, { refuse }) => {
    const now = ctx.clock.now();
    const today = dayOf(now);
    const grants = await lockGrantsOfAccount(tx, accountId);
    const grant = grants.find((one) => one.grantId === input.grantId);
    if (grant === undefined || (grant.validTo !== null && grant.validTo <= today)) return refuse('NOT_FOUND');
    const { grantId, ...rest } = grant;
    const insert = grant.validFrom < today ? [{ ...rest, validTo: today }] : [];
    await writeGrantChange(tx, { supersede: [grantId], insert }, now);
    await appendAudit(tx, ctx, {
      action: 'grants.end',
      subjectKind: 'account',
      subjectId: accountId,
      regionId: grant.regionId,
      unitId: grant.unitId,
      detail: { grantId, role: grant.role, reason: input.reason },
    });
    return { ended: true as const };
  });
}
