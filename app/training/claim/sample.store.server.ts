import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import { CLAIM_COLUMNS, parseClaims } from './claim.store.server.ts';
import type { Claim } from './claim.store.server.ts';
import type { Judgement } from './sample.ts';
import { JUDGEMENTS } from './sample.ts';

/** Approved claims of the units whose training lies in the period, by its last day. */
export async function listApprovedIds(
  reader: Reader,
  unitIds: readonly string[],
  period: { readonly fromDay: Day; readonly toDay: Day },
): Promise<string[]> {
  const rows = await readRows(
    reader,
    `select id::text from external_claim where unit_id = any($1::uuid[]) and state = 'approved'
       and to_day between $2::date and $3::date order by id`,
    [[...unitIds], period.fromDay, period.toDay],
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

const sampleRow = z.object({
  id: z.string(),
  regionId: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  sharePercent: z.number(),
  seed: z.string(),
  population: z.number(),
  drawnAt: z.date(),
  drawnByName: z.string().nullable(),
  size: z.number(),
  judged: z.number(),
  notGenuine: z.number(),
});
export type Sample = z.infer<typeof sampleRow>;

const SAMPLE = `select s.id::text, s.region_id::text as "regionId", s.from_day::text as "fromDay", s.to_day::text as "toDay",
    s.share_percent as "sharePercent", s.seed, s.population, s.drawn_at as "drawnAt", a.display_name as "drawnByName",
    (select count(*)::int from claim_sample_item i where i.sample_id = s.id) as size,
    (select count(*)::int from claim_sample_item i where i.sample_id = s.id and i.judgement is not null) as judged,
    (select count(*)::int from claim_sample_item i where i.sample_id = s.id and i.judgement = 'not_genuine') as "notGenuine"
  from claim_sample s left join account a on a.id = s.drawn_by`;

export async function listSamples(
  pool: Pool,
  regionIds: readonly string[],
  limit: number,
): Promise<Sample[]> {
  const rows = await readRows(
    pool,
    `${SAMPLE} where s.region_id = any($1::uuid[]) order by s.drawn_at desc, s.id limit $2`,
    [[...regionIds], limit],
  );
  return z.array(sampleRow).parse(rows);
}

export async function findSample(reader: Reader, sampleId: string): Promise<Sample | null> {
  return (
    z.array(sampleRow).parse(await readRows(reader, `${SAMPLE} where s.id = $1::uuid`, [sampleId]))[0] ?? null
  );
}

export async function insertSample(
  tx: Tx,
  sample: {
    readonly id: string;
    readonly regionId: string;
    readonly fromDay: Day;
    readonly toDay: Day;
    readonly sharePercent: number;
    readonly seed: string;
    readonly population: number;
    readonly drawnBy: string;
    readonly drawnAt: Date;
  },
  claimIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    insert into claim_sample (id, region_id, from_day, to_day, share_percent, seed, population, drawn_by, drawn_at)
    values (${sample.id}::uuid, ${sample.regionId}::uuid, ${sample.fromDay}::date, ${sample.toDay}::date,
      ${sample.sharePercent}, ${sample.seed}, ${sample.population}, ${sample.drawnBy}::uuid, ${sample.drawnAt})`;
  await tx.claimSampleItem.createMany({
    data: claimIds.map((claimId, at) => ({ sampleId: sample.id, claimId, position: at + 1 })),
  });
}

const itemShape = z.object({
  position: z.number(),
  judgement: z.enum(JUDGEMENTS).nullable(),
  judgementNote: z.string().nullable(),
  judgedByName: z.string().nullable(),
  judgedAt: z.date().nullable(),
});
export type SampleItem = Claim & z.infer<typeof itemShape>;

/** The drawn claims in the order of the draw. */
export async function listSampleItems(reader: Reader, sampleId: string): Promise<SampleItem[]> {
  const rows = await readRows(
    reader,
    `select ${CLAIM_COLUMNS}, i.position, i.judgement, i.note as "judgementNote", a.display_name as "judgedByName",
       i.judged_at as "judgedAt"
     from claim_sample_item i join external_claim c on c.id = i.claim_id join person p on p.id = c.person_id
       left join account a on a.id = i.judged_by
     where i.sample_id = $1::uuid order by i.position`,
    [sampleId],
  );
  const items = z.array(itemShape).parse(rows);
  return parseClaims(rows).map((claim, at) => {
    const item = items[at];
    return {
      ...claim,
      position: item?.position ?? at + 1,
      judgement: item?.judgement ?? null,
      judgementNote: item?.judgementNote ?? null,
      judgedByName: item?.judgedByName ?? null,
      judgedAt: item?.judgedAt ?? null,
    };
  });
}

/** Judges a drawn claim, once. @returns false when it was judged already */
export async function judgeItem(
  tx: Tx,
  item: { readonly sampleId: string; readonly claimId: string },
  verdict: {
    readonly judgement: Judgement;
    readonly note: string | null;
    readonly judgedBy: string;
    readonly judgedAt: Date;
  },
): Promise<boolean> {
  const { count } = await tx.claimSampleItem.updateMany({
    where: { ...item, judgement: null },
    data: verdict,
  });
  return count === 1;
}
