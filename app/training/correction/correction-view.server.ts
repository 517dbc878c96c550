import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { findPersonCard, listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ProofLine } from '../claim/proof.store.server.ts';
import { listCorrectionProofs } from '../claim/proof.store.server.ts';
import type { HourEntry } from '../ledger/entry.ts';
import { findEntry, listEntriesOfYear, listEntryYears } from '../ledger/hour-entry.store.server.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import { decideCorrectionStep } from './correction.ts';
import type { CorrectionEvent, CorrectionQuery, HourCorrection } from './correction.store.server.ts';
import {
  countCorrections,
  findCorrection,
  listCorrectionEvents,
  listCorrections,
  listCorrectionsOfPerson,
} from './correction.store.server.ts';
import { closedIn } from './request-correction.server.ts';

const MOST_OWN = 100;
const MOST_PEOPLE = 50;

export interface CorrectionsView {
  readonly rows: readonly (HourCorrection & { readonly unitName: string })[];
  readonly total: number;
  readonly page: number;
  readonly mayRequest: boolean;
}

/** Requests and objections of the units in reach, one page. */
export async function viewCorrections(
  ctx: ActorCtx,
  query: CorrectionQuery,
): Promise<Outcome<CorrectionsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.read_correction')) return refused('FORBIDDEN');
  const { unitIds, nameOf } = await decidingReach(ctx, 'hours.read_correction');
  const ids = [...unitIds];
  const total = await countCorrections(ctx.pool, ids, query);
  const { page } = pageBounds(total, query.page, query.size);
  const rows = await listCorrections(ctx.pool, ids, { ...query, page });
  return done({
    rows: rows.map((row) => ({ ...row, unitName: nameOf(row.unitId) })),
    total,
    page,
    mayRequest: mayDo(ctx, 'hours.correct'),
  });
}

export interface EntryChoice {
  readonly entry: HourEntry;
  readonly mayCorrect: boolean;
}

export interface NewCorrectionView {
  /** The chosen entry; null while one is looked for. */
  readonly entry: HourEntry | null;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly years: readonly number[];
  readonly year: number;
  readonly entries: readonly EntryChoice[];
  /** People found by name. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly unitName: string }[];
  readonly closedYear: number | null;
}

export interface NewCorrectionQuery {
  readonly entryId: string | null;
  readonly personId: string | null;
  readonly year: number | null;
  readonly text: string;
}

/** The way to a request: person by name, entry of a year, then the form. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewNewCorrection(
  ctx: ActorCtx,
  query: NewCorrectionQuery,
): Promise<Outcome<NewCorrectionView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.correct')) return refused('FORBIDDEN');
  const { unitIds } = await decidingReach(ctx, 'hours.correct');
  const today = dayOf(ctx.clock.now());
  const blank = { entry: null, person: null, years: [], year: yearOf(today), entries: [], people: [] };
  if (query.entryId !== null) {
    const entry = await findEntry(ctx.db, query.entryId);
    if (entry === null || !unitIds.has(entry.unitId)) return refused('NOT_FOUND');
    const card = await findPersonCard(ctx.pool, entry.personId);
    const person = { id: entry.personId, name: card?.name ?? '' };
    return done({
      ...blank,
      entry,
      person,
      closedYear: (await closedIn(ctx.pool, ctx, entry))?.year ?? null,
    });
  }
  if (query.personId !== null) return entriesOfPerson(ctx, query.personId, query.year, unitIds);
  if (query.text === '') return done({ ...blank, closedYear: null });
  const found = await listPeopleOfUnits(ctx.pool, [...unitIds], today, {
    page: 1,
    size: MOST_PEOPLE,
    sort: { field: 'name', direction: 'asc' },
    text: query.text,
  });
  const people = found.rows.map(({ id, name, unitName }) => ({ id, name, unitName }));
  return done({ ...blank, people, closedYear: null });
}

/** Entries of a year in the units within reach: what the person earned elsewhere is corrected there. */
async function entriesOfPerson(
  ctx: ActorCtx,
  personId: string,
  askedYear: number | null,
  unitIds: ReadonlySet<string>,
): Promise<Outcome<NewCorrectionView, 'NOT_FOUND'>> {
  const [card, years] = await Promise.all([
    findPersonCard(ctx.pool, personId),
    listEntryYears(ctx.pool, personId),
  ]);
  const year = askedYear ?? years[0] ?? yearOf(dayOf(ctx.clock.now()));
  const entries = (await listEntriesOfYear(ctx.pool, personId, year)).filter(({ unitId }) =>
    unitIds.has(unitId),
  );
  // A person without any entry within reach cannot be told from one who does not exist.
  if (card === null || entries.length === 0) return refused('NOT_FOUND');
  return done({
    entry: null,
    person: { id: personId, name: card.name },
    years,
    year,
    entries: entries.map((entry) => ({
      entry,
      mayCorrect: entry.kind !== 'reversal' && entry.reversedById === null,
    })),
    people: [],
    closedYear: null,
  });
}

export interface CorrectionDesk {
  readonly correction: HourCorrection;
  readonly unitName: string;
  readonly events: readonly CorrectionEvent[];
  readonly proofs: readonly ProofLine[];
  readonly mayTakeUp: boolean;
  readonly mayApply: boolean;
  readonly mayDecline: boolean;
  readonly mayWithdraw: boolean;
  readonly closedYear: number | null;
  /** Why the viewer may not decide although the permission is there. */
  readonly whyNot: 'MAKER_IS_CHECKER' | 'ENTRY_OF_ONESELF' | 'YEAR_CLOSED' | null;
}

/** One request on the unit's desk. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewCorrection(
  ctx: ActorCtx,
  correctionId: string,
): Promise<Outcome<CorrectionDesk, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_correction')) return refused('FORBIDDEN');
  const correction = await findCorrection(ctx.pool, correctionId);
  if (correction === null) return refused('NOT_FOUND');
  const { unitId, state } = correction;
  const readers = await decidingReach(ctx, 'hours.read_correction');
  if (!readers.unitIds.has(unitId)) return refused('NOT_FOUND');
  const [makers, approvers, closers, byKey, closed, events, proofs] = await Promise.all([
    decidingReach(ctx, 'hours.correct'),
    decidingReach(ctx, 'hours.approve_correction'),
    decidingReach(ctx, 'hours.approve_closed'),
    personKeyOf(ctx.db, ctx.actorId),
    closedIn(ctx.pool, ctx, { ...correction, occurredDay: correction.entryDay }),
    listCorrectionEvents(ctx.pool, correctionId),
    listCorrectionProofs(ctx.pool, correctionId),
  ]);
  const may = (act: 'request' | 'apply' | 'decline' | 'withdraw') =>
    decideCorrectionStep(correction, { act, byKey, note: 'x' });
  const isShut = closed !== null && !closers.unitIds.has(unitId);
  const answers = state === 'objected' ? makers.unitIds.has(unitId) : approvers.unitIds.has(unitId);
  const apply = may('apply');
  const blocked = !apply.ok && (apply.code === 'MAKER_IS_CHECKER' || apply.code === 'ENTRY_OF_ONESELF');
  return done({
    correction,
    unitName: readers.nameOf(unitId),
    events,
    proofs,
    mayTakeUp: answers && may('request').ok,
    mayApply: answers && apply.ok && !isShut,
    mayDecline: answers && may('decline').ok,
    mayWithdraw: may('withdraw').ok,
    closedYear: closed?.year ?? null,
    whyNot: !answers ? null : blocked ? apply.code : isShut && state === 'filed' ? 'YEAR_CLOSED' : null,
  });
}

export interface ObjectionsView {
  readonly corrections: readonly HourCorrection[];
  /** The entry an objection is about to be raised on. */
  readonly entry: HourEntry | null;
  readonly personKey: string;
}

/** Own objections and what became of them; with an entry, the form for one more. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewObjections(
  ctx: ActorCtx,
  entryId: string | null,
): Promise<Outcome<ObjectionsView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.object')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const entry = entryId !== null && isId(entryId) ? await findEntry(ctx.db, entryId) : null;
  if (entryId !== null && entry?.personId !== personId) return refused('NOT_FOUND');
  const corrections = await listCorrectionsOfPerson(ctx.pool, personId, MOST_OWN);
  return done({ corrections, entry, personKey: personId });
}
