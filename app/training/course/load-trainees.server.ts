import { listRolesOfPersons } from '#app/accounts/grants/person-roles.store.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { trainingPorts } from '../ports.server.ts';
import type { Trainee } from './requirement.ts';
import { listLegalReviewers, listTraineePlaces } from './trainee.store.server.ts';

const HOMELESS = { fieldCode: null, isEnforcementPost: false, unitType: null, regionLevel: null } as const;

/**
 * Place, card, register and roles of each person on `day`, as known now: one statement each for however many. Everybody
 * asked for is in the map; who has no home on that day stands there with nothing known of a place.
 */
export async function loadTrainees(
  pool: Pool,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, Trainee>> {
  const places = await listTraineePlaces(pool, personIds, day);
  const reviewers = await listLegalReviewers(pool, personIds, day);
  const roles = await listRolesOfPersons(pool, personIds, day);
  const holders = await trainingPorts().cards.holdersOn(pool, personIds, day);
  return new Map(
    personIds.map((personId): [string, Trainee] => [
      personId,
      {
        ...HOMELESS,
        ...places.get(personId),
        personId,
        holdsCard: holders.has(personId),
        isLegalReviewer: reviewers.has(personId),
        roles: roles.get(personId) ?? [],
      },
    ]),
  );
}
