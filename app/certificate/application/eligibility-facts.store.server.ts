import { z } from 'zod';
import type { HomeLink } from '#app/organization/person/person.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { listQualifications } from '../register/qualification.store.server.ts';
import type { EligibilityFacts } from './eligibility.ts';
import { unitStandingsOn } from './entity.store.server.ts';

/** Who is asked for, and for a card of which field. */
export interface EligibilityQuestion {
  readonly personId: string;
  /** Null where the post names no field: then no card can clash. */
  readonly fieldCode: string | null;
  /** The application that is being decided does not stand in its own way. */
  readonly ownApplicationId?: string | undefined;
}

const liveRow = z.object({ personId: z.string(), fieldCode: z.string(), certificateNo: z.string() });
const openRow = z.object({ personId: z.string(), fieldCode: z.string(), applicationId: z.string() });
const barRow = z.object({ personId: z.string(), untilDay: z.string().nullable() });

async function listLiveCards(db: Db | Tx, personIds: readonly string[]): Promise<z.infer<typeof liveRow>[]> {
  const rows = await db.$queryRaw`
    select person_id::text as "personId", field_code as "fieldCode", certificate_no as "certificateNo"
    from certificate where person_id = any(${[...personIds]}::uuid[])
      and state in ('pending_print', 'active', 'suspended', 'recovered')`;
  return z.array(liveRow).parse(rows);
}

async function listOpenApplications(
  db: Db | Tx,
  personIds: readonly string[],
): Promise<z.infer<typeof openRow>[]> {
  const rows = await db.$queryRaw`
    select person_id::text as "personId", field_code as "fieldCode", id::text as "applicationId"
    from certificate_application where person_id = any(${[...personIds]}::uuid[])
      and state in ('draft', 'submitted', 'under_review', 'returned', 'approved')`;
  return z.array(openRow).parse(rows);
}

/** The bar that a revocation has set, for cards that still stand as revoked. */
async function listBars(db: Db | Tx, personIds: readonly string[]): Promise<Map<string, Day | null>> {
  const rows = await db.$queryRaw`
    select c.person_id::text as "personId", max(e.detail->>'reapplyNotBeforeDay') as "untilDay"
    from certificate c join certificate_event e on e.certificate_id = c.id and e.kind = 'revoked'
    where c.person_id = any(${[...personIds]}::uuid[]) and c.state = 'revoked' group by c.person_id`;
  return new Map(
    z
      .array(barRow)
      .parse(rows)
      .map((row) => [row.personId, row.untilDay]),
  );
}

/** A person's home on the day beside the facts, for the preview and the application's unit and field. */
export interface PersonFacts {
  readonly home: HomeLink | null;
  readonly facts: EligibilityFacts;
}

/** The facts for some persons on a day, as known now, in a fixed number of statements. */
export async function loadEligibilityFacts(
  db: Db | Tx,
  questions: readonly EligibilityQuestion[],
  day: Day,
): Promise<Map<string, PersonFacts>> {
  const personIds = questions.map((question) => question.personId);
  const homes = await homeLinksOn(db, personIds, day);
  const standings = await unitStandingsOn(
    db,
    [...homes.values()].map((home) => home.unitId),
    day,
  );
  const qualifications = (await listQualifications(db, personIds)).filter(
    (one) => one.subject === 'public_law',
  );
  const cards = await listLiveCards(db, personIds);
  const open = await listOpenApplications(db, personIds);
  const bars = await listBars(db, personIds);
  return new Map(
    questions.map(({ personId, fieldCode, ownApplicationId }) => {
      const home = homes.get(personId) ?? null;
      const standing = home === null ? undefined : standings.get(home.unitId);
      const isSame = (row: { personId: string; fieldCode: string }): boolean =>
        row.personId === personId && row.fieldCode === fieldCode;
      const facts: EligibilityFacts = {
        post:
          home === null
            ? null
            : {
                unitName: standing?.unitName ?? '',
                establishment: home.establishment,
                isEnforcementPost: home.isEnforcementPost,
              },
        entity: standing?.entity ?? null,
        qualifications: qualifications.filter((one) => one.personId === personId),
        barredUntilDay: bars.get(personId) ?? null,
        liveCardNo: cards.find(isSame)?.certificateNo ?? null,
        hasOpenApplication: open.some((row) => isSame(row) && row.applicationId !== ownApplicationId),
      };
      return [personId, { home, facts }];
    }),
  );
}
