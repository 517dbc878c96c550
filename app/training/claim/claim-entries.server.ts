import { z } from 'zod';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { NewEntry } from '../ledger/entry.ts';
import { OFF_POST } from '../ledger/off-post.ts';
import { readRows } from '../rows.store.server.ts';
import { CLAIM_KIND_LABELS, capLectures, claimEntryKey, entryKindOf, splitOverYears } from './claim.ts';
import type { ClaimPolicy, YearPart } from './claim.ts';
import type { Claim } from './claim.store.server.ts';

export interface CreditedBy {
  /** What is credited of one claim; null for all that is asked. */
  readonly seconds: number | null;
  readonly actorId: string;
  policyOf(claim: Claim): Promise<ClaimPolicy>;
}

/**
 * The ledger's entries of approved claims: split over New Year by days, teaching within the year's cap, each in the unit
 * of its day. A claim whose credit comes to nothing has no entry. Call with the persons locked.
 */
export async function entriesOfClaims(
  tx: Tx,
  claims: readonly Claim[],
  by: CreditedBy,
): Promise<{ readonly entries: NewEntry[]; readonly credited: Map<string, number> }> {
  const parts: { claim: Claim; part: YearPart; isSeveral: boolean }[] = [];
  const lectured = new Map<string, Map<number, number>>();
  for (const claim of claims) {
    const asked = splitOverYears(claim.fromDay, claim.toDay, by.seconds ?? claim.creditSeconds);
    const given = claim.kind === 'lecture' ? await capped(tx, claim, asked, by, lectured) : asked;
    parts.push(...given.map((part) => ({ claim, part, isSeveral: asked.length > 1 })));
  }
  const homes = await homesByDay(tx, parts);
  const credited = new Map<string, number>();
  const entries = parts.map(({ claim, part, isSeveral }): NewEntry => {
    credited.set(claim.id, (credited.get(claim.id) ?? 0) + part.creditSeconds);
    return {
      ...entryOf(claim, part, isSeveral),
      unitId: homes.get(`${claim.personId}|${part.day}`) ?? claim.unitId,
      recordedBy: claim.filedBy,
      approvedBy: by.actorId,
    };
  });
  return { entries, credited };
}

/** Teaching of several claims in one decision counts together. */
async function capped(
  tx: Tx,
  claim: Claim,
  parts: readonly YearPart[],
  by: CreditedBy,
  lectured: Map<string, Map<number, number>>,
): Promise<YearPart[]> {
  const known = lectured.get(claim.personId) ?? (await lectureSecondsByYear(tx, claim.personId));
  lectured.set(claim.personId, known);
  const given = capLectures(parts, known, (await by.policyOf(claim)).lectureYearCapSeconds);
  for (const { year, creditSeconds } of given) known.set(year, (known.get(year) ?? 0) + creditSeconds);
  return given;
}

/** Teaching credited so far, corrections included, by calendar year. */
async function lectureSecondsByYear(tx: Tx, personId: string): Promise<Map<number, number>> {
  const rows = await readRows(
    tx,
    `select extract(year from e.occurred_day)::int as year, sum(e.credit_seconds)::int as seconds from hour_entry e
     where e.person_id = $1::uuid and (e.kind = 'lecture' or (e.kind in ('reversal', 'correction')
       and exists (select 1 from hour_entry o where o.person_id = e.person_id and o.kind = 'lecture'
         and o.source_kind = e.source_kind and o.source_id = e.source_id)))
     group by 1`,
    [personId],
  );
  const shape = z.array(z.object({ year: z.number(), seconds: z.number() }));
  return new Map(shape.parse(rows).map(({ year, seconds }) => [year, seconds]));
}

async function homesByDay(
  tx: Tx,
  parts: readonly { readonly claim: Claim; readonly part: YearPart }[],
): Promise<Map<string, string>> {
  const byDay = new Map<Day, string[]>();
  for (const { claim, part } of parts) byDay.set(part.day, [...(byDay.get(part.day) ?? []), claim.personId]);
  const homes = new Map<string, string>();
  for (const [day, personIds] of byDay)
    for (const [personId, home] of await homeLinksOn(tx, personIds, day))
      homes.set(`${personId}|${day}`, home.unitId);
  return homes;
}

function entryOf(
  claim: Claim,
  part: YearPart,
  isSeveral: boolean,
): Omit<NewEntry, 'unitId' | 'recordedBy' | 'approvedBy'> {
  return {
    entryKey: claimEntryKey(claim.id, part.year, isSeveral),
    personId: claim.personId,
    creditSeconds: part.creditSeconds,
    category: claim.category,
    occurredDay: part.day,
    kind: entryKindOf(claim.kind),
    sourceKind: 'claim',
    sourceId: claim.id,
    title: claim.title,
    basis: {
      rule: 'claim',
      text: `${CLAIM_KIND_LABELS[claim.kind]}认定，${claim.organiser}主办，申请 ${formatHours(claim.creditSeconds)}${isSeveral ? '，跨年度按天分开计入' : ''}`,
      askedSeconds: claim.creditSeconds,
      fromDay: claim.fromDay,
      toDay: claim.toDay,
      ...(claim.kind === 'off_post' ? OFF_POST : {}),
    },
    reversesEntryId: null,
    reasonCode: null,
  };
}
