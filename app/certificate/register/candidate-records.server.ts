import { z } from 'zod';
import type { CandidateRecords, CardStanding, RecordReader } from '#app/exam/eligibility/records.ts';
import type { Day } from '#app/platform/time/day.ts';
import { unitStandingsOn } from '../application/entity.store.server.ts';
import { isClaimable } from './qualification.ts';
import { listQualifications } from './qualification.store.server.ts';

const cardRow = z.object({ personId: z.string(), certificateNo: z.string() });
const barRow = z.object({ personId: z.string(), untilDay: z.string().nullable() });

async function listLiveCards(
  { db }: RecordReader,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw`
    select person_id::text as "personId", min(certificate_no) as "certificateNo" from certificate
    where person_id = any(${[...personIds]}::uuid[]) and state in ('pending_print', 'active', 'suspended', 'recovered')
    group by person_id`;
  return new Map(
    z
      .array(cardRow)
      .parse(rows)
      .map((row) => [row.personId, row.certificateNo]),
  );
}

/** The bar that a revocation has set, for cards that still stand as revoked. */
async function listBars(
  { db }: RecordReader,
  personIds: readonly string[],
): Promise<Map<string, Day | null>> {
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

/** What the register answers when the exam asks about candidates, for all of them at once. */
export const cardRecords: Pick<CandidateRecords, 'cardsOf' | 'bodiesOf'> = {
  cardsOf: async (reader, personIds, day) => {
    const passes = (await listQualifications(reader.db, personIds)).filter(
      (one) => one.subject === 'public_law' && isClaimable(one, day),
    );
    // Of several passes the one that may be claimed on for longest counts: the last of a person stays in the map.
    const byLastDay = passes.toSorted((a, b) => (a.validUntilDay < b.validUntilDay ? -1 : 1));
    const until = new Map(byLastDay.map((one) => [one.personId, one.validUntilDay]));
    const cards = await listLiveCards(reader, personIds);
    const bars = await listBars(reader, personIds);
    return new Map(
      [...new Set([...until.keys(), ...cards.keys(), ...bars.keys()])].map(
        (personId): [string, CardStanding] => [
          personId,
          {
            qualificationUntil: until.get(personId) ?? null,
            liveCardNo: cards.get(personId) ?? null,
            barredUntil: bars.get(personId) ?? null,
          },
        ],
      ),
    );
  },
  bodiesOf: async ({ db }, unitIds, day) => {
    const standings = await unitStandingsOn(db, unitIds, day);
    return new Map(
      [...standings].flatMap(([unitId, { entity }]) =>
        entity === null
          ? []
          : [[unitId, { name: entity.name, isEntrusted: entity.entityType === 'entrusted' }]],
      ),
    );
  },
};
