import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { cardFacesOf } from '#app/office/roster/card-faces.server.ts';
import { SEX_LABELS } from '#app/organization/person/person.ts';
import { findPersonCards, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { readInOneSnapshot } from '#app/platform/db/snapshot-read.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { yearStandings } from '../target/year-standing.server.ts';
import type { YearStanding } from '../target/year-standing.ts';
import type { Card, CardPerson, CardSeal } from './card.ts';
import { checkedSums } from './card.ts';
import { cardRow } from './card-row.ts';
import type { CardSource, SealOfPerson } from './card-rows.store.server.ts';
import { listCardSources, listSealsOf } from './card-rows.store.server.ts';
import { totalSeconds } from '../ledger/hours.ts';
import { unitNames } from '../year/deciding-unit.server.ts';

/** The day a card is as of: the last day of a year that is over, else today. */
export function cardDay(year: number, now: Date): Day {
  const last: Day = `${year}-12-31`;
  const today = dayOf(now);
  return today < last ? today : last;
}

function sealOf(sealed: SealOfPerson | undefined): CardSeal | null {
  if (sealed === undefined) return null;
  const { sealNo, closedDay, publicLaw, specialisedLaw, business, skill, conclusion } = sealed;
  return {
    sealNo,
    closedDay,
    conclusion,
    totalSeconds: sealed.totalSeconds,
    sums: { public_law: publicLaw, specialised_law: specialisedLaw, business, skill },
  };
}

/** Heads of the cards: who, where on the card's day, with which card. Persons without a home that day keep their name. */
async function readPeople(
  ctx: ActorCtx,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, CardPerson>> {
  const people = await findPersonCards(ctx.pool, personIds);
  const homes = await homeLinksOn(ctx.pool, personIds, day);
  const units = await unitNames(
    ctx,
    [...homes.values()].map((home) => home.unitId),
  );
  const fields = new Map((await listFields(ctx.pool)).map((field) => [field.code, field.name]));
  const faces = await cardFacesOf(ctx, personIds);
  return new Map(
    [...people.values()].map(({ id, name, sex }) => {
      const home = homes.get(id);
      return [
        id,
        {
          id,
          name,
          sex: SEX_LABELS[sex],
          unitId: home?.unitId ?? '',
          unitName: units.get(home?.unitId ?? '') ?? '',
          position: home?.position ?? '',
          fieldName: fields.get(home?.fieldCode ?? '') ?? '',
          certificateNo: faces.get(id)?.[0]?.certificateNo ?? '',
        },
      ];
    }),
  );
}

interface Read {
  readonly sources: ReadonlyMap<string, readonly CardSource[]>;
  readonly seals: ReadonlyMap<string, SealOfPerson>;
  readonly standings: ReadonlyMap<string, YearStanding>;
}

/** Rows, balance and seal of the same moment, so that they can be held against each other. */
function readFigures(
  ctx: ActorCtx,
  personIds: readonly string[],
  { year, asOfDay }: { readonly year: number; readonly asOfDay: Day },
): Promise<Read> {
  return readInOneSnapshot(ctx, async (pool) => {
    const sources = new Map<string, CardSource[]>(personIds.map((id) => [id, []]));
    for (const source of await listCardSources(pool, personIds, year))
      if (source.day <= asOfDay) sources.get(source.personId)?.push(source);
    return {
      sources,
      seals: await listSealsOf(pool, personIds, year),
      standings: await yearStandings({ pool }, personIds, year, asOfDay),
    };
  });
}

/**
 * Cards of these people for a year, set-based. The caller has checked that the viewer may see them; who is not known is
 * left out.
 */
export async function readCards(ctx: ActorCtx, personIds: readonly string[], year: number): Promise<Card[]> {
  const asOfDay = cardDay(year, ctx.clock.now());
  const people = await readPeople(ctx, personIds, asOfDay);
  const { sources, seals, standings } = await readFigures(ctx, personIds, { year, asOfDay });
  return personIds.flatMap((id) => {
    const person = people.get(id);
    if (person === undefined) return [];
    const standing = standings.get(id);
    invariant(standing !== undefined, 'everybody has a standing');
    const seal = sealOf(seals.get(id));
    const rows = (sources.get(id) ?? []).map(cardRow);
    const sums = checkedSums(rows, standing.sums, seal);
    return [
      {
        person,
        year,
        asOfDay,
        rows,
        sums,
        totalSeconds: totalSeconds(sums),
        targetSeconds: standing.targets.find((target) => target.kind === 'yearly')?.targetSeconds ?? 0,
        required: standing.required.map(({ title, isComplete, isLapsed }) => ({
          title,
          isComplete,
          isLapsed,
        })),
        conclusion: seal?.conclusion ?? standing.conclusion,
        seal,
      },
    ];
  });
}
