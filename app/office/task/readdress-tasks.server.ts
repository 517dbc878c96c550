import type { Tx } from '#app/platform/db/db.server.ts';

/** Units and regions that ended, each with what took its place. */
export interface Readdressing {
  readonly units: readonly { readonly from: string; readonly to: string | null }[];
  readonly regions: readonly { readonly from: string; readonly to: string | null }[];
}

const replaced = (pairs: Readdressing['units']): string =>
  JSON.stringify(pairs.filter((pair) => pair.to !== null));

/**
 * What waits for a unit or region that has ended waits for what took its place; where nothing did, it stays where it is
 * and the holder above sees it. Who has to do something changes, not what is to be done: no event is appended.
 */
export async function readdressTasks(tx: Tx, { units, regions }: Readdressing): Promise<void> {
  await tx.$executeRaw`
    update task t set unit_id = r."to" from jsonb_to_recordset(${replaced(units)}::jsonb) as r("from" uuid, "to" uuid)
    where t.unit_id = r."from" and t.state = 'open'`;
  await tx.$executeRaw`
    update task t set region_id = r."to" from jsonb_to_recordset(${replaced(regions)}::jsonb) as r("from" uuid, "to" uuid)
    where t.region_id = r."from" and t.state = 'open'`;
}
