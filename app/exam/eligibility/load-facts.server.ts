import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { examPorts } from '../ports.server.ts';
import type { CandidateFacts } from './eligibility.ts';
import type { AskedBatch, AskedCandidate, FactsReader } from './facts.store.server.ts';
import { listOtherRegistrations, listPersonFacts } from './facts.store.server.ts';

/**
 * The facts of `judge` for many people, in a fixed number of statements (2,000 people within a second): what is known
 * now about the day. Persons that do not exist are left out.
 */
export async function loadCandidateFacts(
  ctx: Pick<Ctx, 'pool'> & { readonly db: FactsReader },
  batch: AskedBatch,
  candidates: readonly AskedCandidate[],
  day: Day,
): Promise<Map<string, CandidateFacts>> {
  const { db } = ctx;
  const reader = { db };
  const { records } = examPorts(ctx.pool);
  const personIds = candidates.map(({ personId }) => personId);
  const homes = await homeLinksOn(db, personIds, day);
  const persons = await listPersonFacts(db, personIds, day);
  const others = await listOtherRegistrations(db, personIds, batch, day);
  const cards = await records.cardsOf(reader, personIds, day);
  const bodies = await records.bodiesOf(reader, [...new Set(candidates.map(({ unitId }) => unitId))], day);
  const completed =
    batch.preconditionCourse === null
      ? null
      : await records.completedBy(reader, personIds, batch.preconditionCourse);
  const lastTitle = (isDeferral: boolean): Map<string, string> =>
    new Map(others.filter((one) => one.isDeferral === isDeferral).map((one) => [one.personId, one.title]));
  const [deferrals, open] = [lastTitle(true), lastTitle(false)];
  return new Map(
    candidates.flatMap(({ personId, unitId, sanction }): [string, CandidateFacts][] => {
      const person = persons.get(personId);
      if (person === undefined) return [];
      const home = homes.get(personId);
      const { absenceKind, expectedReturnDay, assessedYear, grade } = person;
      const card = cards.get(personId);
      return [
        [
          personId,
          {
            post: home === undefined ? null : { ...home, isOfUnit: home.unitId === unitId },
            entity: bodies.get(unitId) ?? null,
            absence:
              absenceKind === null || expectedReturnDay === null
                ? null
                : { kind: absenceKind, expectedReturnDay },
            hasCompletedCourse: completed === null ? null : completed.has(personId),
            assessment: assessedYear === null || grade === null ? null : { year: assessedYear, grade },
            sanction,
            qualificationUntil: card?.qualificationUntil ?? null,
            liveCardNo: card?.liveCardNo ?? null,
            barredUntil: card?.barredUntil ?? null,
            hasLegalQualification: person.hasLegalQualification,
            hasPhoto: person.hasPhoto,
            deferredFrom: deferrals.get(personId) ?? null,
            otherBatch: open.get(personId) ?? null,
          },
        ],
      ];
    }),
  );
}
