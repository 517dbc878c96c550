import type { RequestCtx } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { unitSubtree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { isWellFormedToken } from '../register/check-token.ts';
import type { Status } from '../register/status-on.ts';
import { statusOn } from '../register/status-on.ts';
import type { CheckAnswer } from './check-answer.ts';
import { isFoundByNumber, normaliseName, normaliseNumber, sinceSentence } from './check-answer.ts';
import type { CheckedCard, PublicOfficer } from './check.store.server.ts';
import { findCardByToken, listCardsByNumber, listValidHolders } from './check.store.server.ts';
import { takeAddress, takeNumber } from './limits.server.ts';

/** An answer with its moment; `answer` is null when nothing was found, whatever the reason. */
export interface Checked {
  readonly answer: CheckAnswer | null;
  readonly asOf: Date;
}

type Limited = 'TOO_MANY_REQUESTS';

function toAnswer(card: CheckedCard, status: Status): CheckAnswer {
  const { events: _, ...fields } = card;
  return { ...fields, standing: status.shown, since: sinceSentence(status, card.validToDay) };
}

/**
 * Today's truth about the card behind a QR, for ever: ended cards are answered with their true word. The status is
 * folded from the events at this moment, never cached. Refusal: TOO_MANY_REQUESTS.
 */
export async function checkByToken(
  ctx: RequestCtx,
  token: string,
  address: string | undefined,
): Promise<Outcome<Checked, Limited>> {
  const asOf = ctx.clock.now();
  const today = dayOf(asOf);
  const allowed = await takeAddress(ctx.pool, address, today);
  if (!allowed.ok) return allowed;
  const card = isWellFormedToken(token) ? await findCardByToken(ctx.pool, token) : null;
  const status = card === null ? null : statusOn(card.events, card.validToDay, today);
  const isPublic = card !== null && status !== null && status.state !== 'pending_print';
  return done({ asOf, answer: isPublic ? toAnswer(card, status) : null });
}

/**
 * The same by number and name. Both must fit: an unknown number and a wrong name get the same answer. Ended cards drop
 * out after twelve months. Refusal: TOO_MANY_REQUESTS (per address and day, and per number and hour).
 */
export async function checkByNumber(
  ctx: RequestCtx,
  asked: { readonly certificateNo: string; readonly name: string },
  address: string | undefined,
): Promise<Outcome<Checked, Limited>> {
  const asOf = ctx.clock.now();
  const today = dayOf(asOf);
  const number = normaliseNumber(asked.certificateNo);
  for (const allowed of [await takeAddress(ctx.pool, address, today), await takeNumber(ctx.pool, number)])
    if (!allowed.ok) return allowed;
  const cards = await listCardsByNumber(ctx.pool, number, normaliseName(asked.name));
  for (const card of cards) {
    const status = statusOn(card.events, card.validToDay, today);
    if (status && isFoundByNumber(status, today)) return done({ asOf, answer: toAnswer(card, status) });
  }
  return done({ asOf, answer: null });
}

export const OFFICERS_PER_PAGE = 20;

export interface UnitOfficers {
  readonly unitName: string;
  readonly rows: readonly PublicOfficer[];
  readonly total: number;
  readonly page: number;
  readonly today: Day;
  readonly asOf: Date;
}

/**
 * The public list of a unit's officers with valid cards, sub-units included (RA5, AJ3). Refusals: NOT_FOUND,
 * TOO_MANY_REQUESTS.
 */
export async function viewUnitOfficers(
  ctx: RequestCtx,
  asked: { readonly unitId: string; readonly text: string; readonly page: number },
  address: string | undefined,
): Promise<Outcome<UnitOfficers, 'NOT_FOUND' | Limited>> {
  const asOf = ctx.clock.now();
  const today = dayOf(asOf);
  const allowed = await takeAddress(ctx.pool, address, today);
  if (!allowed.ok) return allowed;
  const tree = await currentTree(ctx);
  const unit = tree.units.get(asked.unitId);
  if (!unit) return refused('NOT_FOUND');
  const base = { unitIds: [...unitSubtree(tree, unit.id)], today, text: normaliseName(asked.text) };
  const slice = (page: number) => ({ limit: OFFICERS_PER_PAGE, offset: (page - 1) * OFFICERS_PER_PAGE });
  const list = await listValidHolders(ctx.pool, { ...base, ...slice(asked.page) });
  const isBeyond = list.rows.length === 0 && asked.page > 1;
  const { rows, total } = isBeyond ? await listValidHolders(ctx.pool, { ...base, ...slice(1) }) : list;
  const page = isBeyond ? 1 : pageBounds(total, asked.page, OFFICERS_PER_PAGE).page;
  return done({ unitName: unit.name, rows, total, page, today, asOf });
}
