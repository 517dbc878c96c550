import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { HomeLink, PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { UnitStanding } from '../application/entity.store.server.ts';
import { unitStandingsOn } from '../application/entity.store.server.ts';
import { fieldNames } from '../names.store.server.ts';
import type { CertificateRecord } from './certificate.store.server.ts';
import { listCertificateEvents, listCertificatesOf } from './certificate.store.server.ts';
import type { Entitlement } from './entitlement.ts';
import { decideEntitlement } from './entitlement.ts';
import type { FoundPerson } from './entitlement.store.server.ts';
import {
  FOUND_LIMIT,
  firstRecordedDay,
  isPersonOfUnits,
  listPostedUnits,
  searchPersons,
} from './entitlement.store.server.ts';
import { listQualifications } from './qualification.store.server.ts';
import type { Status } from './status-on.ts';
import { statusOn } from './status-on.ts';

export interface PersonSearch {
  readonly found: readonly FoundPerson[];
  readonly isCut: boolean;
}

/** Persons of the viewer's reach by name, pinyin or number. Refusal: FORBIDDEN. */
export async function findEntitled(ctx: ActorCtx, text: string): Promise<Outcome<PersonSearch, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'entitlement.read')) return refused('FORBIDDEN');
  if (text === '') return done({ found: [], isCut: false });
  const { unitIds } = await reachFor(ctx, 'entitlement.read');
  const found = await searchPersons(ctx.pool, [...unitIds], text);
  return done({ found: found.slice(0, FOUND_LIMIT), isCut: found.length > FOUND_LIMIT });
}

export interface CardOnDay extends Pick<
  CertificateRecord,
  'id' | 'certificateNo' | 'area' | 'validFromDay' | 'validToDay'
> {
  readonly fieldName: string;
  readonly status: Status;
}

export interface EntitlementPage {
  readonly person: PersonCard;
  readonly day: Day;
  readonly knownAt: Date;
  readonly entitlement: Entitlement;
  readonly home: (HomeLink & { readonly fieldName: string | null }) | null;
  readonly standing: UnitStanding | null;
  readonly postedUnits: readonly string[];
  readonly cards: readonly CardOnDay[];
}

async function cardsOn(ctx: ActorCtx, personId: string, day: Day): Promise<CardOnDay[]> {
  const cards = await listCertificatesOf(ctx.db, personId);
  const events = await listCertificateEvents(
    ctx.db,
    cards.map((card) => card.id),
  );
  const nameOf = await fieldNames(ctx.pool);
  return cards.flatMap(({ id, certificateNo, fieldCode, area, validFromDay, validToDay }) => {
    const status = statusOn(events.get(id) ?? [], validToDay, day);
    if (status === null) return [];
    return [{ id, certificateNo, area, validFromDay, validToDay, fieldName: nameOf(fieldCode), status }];
  });
}

/**
 * "Was X entitled on day D?" with everything it rests on, as known now (AJ7). Refusals: FORBIDDEN; NOT_FOUND (no such
 * person within the reach); DAY_IN_FUTURE (the register holds no tomorrow).
 */
export async function viewEntitlement(
  ctx: ActorCtx,
  personId: string,
  day: Day,
): Promise<Outcome<EntitlementPage, 'FORBIDDEN' | 'NOT_FOUND' | 'DAY_IN_FUTURE'>> {
  if (!mayDo(ctx, 'entitlement.read')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'entitlement.read');
  if (!(await isPersonOfUnits(ctx.db, personId, [...unitIds]))) return refused('NOT_FOUND');
  const knownAt = ctx.clock.now();
  if (day > dayOf(knownAt)) return refused('DAY_IN_FUTURE');
  const person = await findPersonCard(ctx.pool, personId);
  invariant(person, 'a person with a place in a unit exists');
  const home = (await homeLinksOn(ctx.pool, [personId], day)).get(personId) ?? null;
  const standing =
    home === null ? null : ((await unitStandingsOn(ctx.db, [home.unitId], day)).get(home.unitId) ?? null);
  const cards = await cardsOn(ctx, personId, day);
  const nameOf = await fieldNames(ctx.pool);
  const entitlement = decideEntitlement({
    day,
    firstRecordedDay: await firstRecordedDay(ctx.db, personId),
    post:
      home === null
        ? null
        : { unitName: standing?.unitName ?? '', isEnforcementPost: home.isEnforcementPost },
    entityName: standing?.entity?.name ?? null,
    qualifications: (await listQualifications(ctx.db, [personId])).filter(
      (one) => one.subject === 'public_law',
    ),
    cards,
  });
  return done({
    person,
    day,
    knownAt,
    entitlement,
    home:
      home === null ? null : { ...home, fieldName: home.fieldCode === null ? null : nameOf(home.fieldCode) },
    standing,
    postedUnits: await listPostedUnits(ctx.db, personId, day),
    cards,
  });
}
