import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Db, JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Blueprint } from './blueprint.ts';
import { SHIPPED_BLUEPRINTS } from './blueprint.ts';
import { blueprintSpec } from './blueprint.schema.ts';

const latestRow = z.object({ id: z.string(), versionNo: z.number(), spec: z.unknown() });

async function findLatest(db: Db | Tx, code: string): Promise<z.infer<typeof latestRow> | null> {
  const row = await db.blueprint.findFirst({ where: { code }, orderBy: { versionNo: 'desc' } });
  return row ? latestRow.parse(row) : null;
}

/** Stores the shipped blueprints; one whose figures changed gets a further version. Safe with several processes. */
export async function ensureBlueprints(ctx: Pick<Ctx, 'db'>): Promise<void> {
  for (const { code, title, spec } of SHIPPED_BLUEPRINTS) {
    const latest = await findLatest(ctx.db, code);
    if (latest && canonicalJson(latest.spec) === canonicalJson(spec)) continue;
    // The columns want plain JSON; the spec is plain data.
    const json: JsonInput = { ...spec, parts: spec.parts.map((part) => ({ ...part })) };
    await ctx.db.blueprint.createMany({
      data: [{ id: newId<'Blueprint'>(), code, versionNo: (latest?.versionNo ?? 0) + 1, title, spec: json }],
      skipDuplicates: true,
    });
  }
}

/** The newest version of a blueprint; null when the code is unknown. */
export async function findBlueprint(
  db: Db | Tx,
  code: string,
): Promise<(Blueprint & { readonly id: string }) | null> {
  const row = await db.blueprint.findFirst({ where: { code }, orderBy: { versionNo: 'desc' } });
  return row && { id: row.id, code: row.code, title: row.title, spec: blueprintSpec.parse(row.spec) };
}
