import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { examPorts } from '../ports.server.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface NewBatchPage {
  readonly regions: readonly Choice[];
  readonly blueprints: readonly Choice[];
  readonly courses: readonly Choice[];
}

const choices = z.array(z.object({ value: z.string(), label: z.string() }));

/** Regions, papers and courses a new batch may name. Townships have no exams of their own. Refusal: FORBIDDEN. */
export async function viewNewBatch(ctx: ActorCtx): Promise<Outcome<NewBatchPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const { rows } = await ctx.pool.query(
    `select distinct on (code) code as value, title as label from blueprint order by code, version_no desc`,
  );
  return done({
    regions: [...regionIds].flatMap((regionId) => {
      const region = tree.regions.get(regionId);
      return region === undefined || region.level === 'township'
        ? []
        : [{ value: region.id, label: region.name }];
    }),
    blueprints: choices.parse(rows),
    courses: await examPorts(ctx.pool).records.courses(ctx),
  });
}
