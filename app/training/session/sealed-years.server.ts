import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import type { PersonCredit } from './credits.ts';
import type { Participant } from './roster.store.server.ts';
import { listMarkers, listParticipants } from './roster.store.server.ts';
import type { Makers, SealedPerson } from './sealed-credit.ts';
import { makersByDay, pastYears, sealedNames, sealedPeople, sealedYears } from './sealed-credit.ts';
import type { TrainingSession } from './session.ts';

/** What the actor may do about sealed years, read before the transaction. */
export interface SealGate {
  /** Years of the class that are over; empty for an ordinary class, about which nothing needs to be asked. */
  readonly years: readonly number[];
  readonly closedUnits: ReadonlySet<string>;
  readonly key: string;
}

export async function loadSealGate(ctx: ActorCtx, session: TrainingSession): Promise<SealGate> {
  const years = pastYears(session.blocks, dayOf(ctx.clock.now()));
  if (years.length === 0) return { years, closedUnits: new Set(), key: ctx.actorId };
  const { unitIds } = await decidingReach(ctx, 'hours.approve_closed');
  return { years, closedUnits: unitIds, key: await personKeyOf(ctx.db, ctx.actorId) };
}

/**
 * Holds everybody on the list against a seal of a year that is over (order of locks: persons → class). A class of this year
 * holds nobody: its year cannot be sealed before it ends. @returns who is held; null when nobody needs to be
 */
export async function holdForSeal(
  tx: Tx,
  sessionId: string,
  gate: SealGate,
): Promise<ReadonlySet<string> | null> {
  if (gate.years.length === 0) return null;
  const people = await listParticipants(tx, sessionId);
  return lockPersons(
    tx,
    people.map((person) => person.personId),
  );
}

/** Into whose sealed years closing would write. */
export async function findSealed(
  reader: Reader,
  years: readonly number[],
  credits: readonly PersonCredit[],
  people: readonly Participant[],
  studied: ReadonlySet<string>,
): Promise<SealedPerson[]> {
  const ids = people.map((person) => person.personId);
  const sealed = new Map<number, ReadonlySet<string>>();
  for (const year of years) sealed.set(year, new Set((await findClosedYears(reader, ids, year)).keys()));
  return sealedPeople(credits, people, sealed, studied);
}

/** Whoever's unit the actor does not reach as bureau. */
export const beyond = (sealed: readonly SealedPerson[], gate: SealGate): SealedPerson[] =>
  sealed.filter(({ unitId }) => !gate.closedUnits.has(unitId));

/** Those with whom the closer is a party: whose attendance the same person has noted, and that person's own year. */
export function ownOf(
  sealed: readonly SealedPerson[],
  markers: readonly { readonly personId: string; readonly key: string }[],
  { key }: Pick<SealGate, 'key'>,
): SealedPerson[] {
  const noted = new Set(markers.filter((marker) => marker.key === key).map(({ personId }) => personId));
  return sealed.filter(({ personId }) => noted.has(personId) || personId === key);
}

/**
 * A sealed year takes hours only from the bureau (domain.md §4.2 case 13) and only by two persons (design §3.11): who closes
 * the class has not noted this attendance and gets nothing from it. Asked under the persons' locks, so that a seal just made is seen. Refuses
 * YEAR_CLOSED with names and years; MAKER_IS_CHECKER with names.
 * @returns who noted the attendance that a sealed year takes over; the closer approves it and is another person
 */
export async function passSeal(
  tx: Tx,
  session: TrainingSession,
  sealed: readonly SealedPerson[],
  gate: SealGate,
  refuse: Refuse<'YEAR_CLOSED' | 'MAKER_IS_CHECKER'>,
): Promise<Makers> {
  if (sealed.length === 0) return new Map();
  const shut = beyond(sealed, gate);
  if (shut.length > 0) refuse('YEAR_CLOSED', { names: sealedNames(shut), years: sealedYears(shut) });
  const markers = await listMarkers(
    tx,
    session.id,
    sealed.map(({ personId }) => personId),
  );
  const ownPeople = ownOf(sealed, markers, gate);
  if (ownPeople.length > 0) refuse('MAKER_IS_CHECKER', { names: sealedNames(ownPeople) });
  return makersByDay(markers, session.blocks);
}
