import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { fieldNames } from '../names.store.server.ts';
import type { ApplicationState } from './application.ts';
import { APPLICATION_STATES } from './application.ts';
import type { ApplicationLine, ApplicationQuery, ApplicationSort } from './application-list.store.server.ts';
import { countByState, listApplications } from './application-list.store.server.ts';

export interface ApplicationsPage {
  readonly rows: readonly (Omit<ApplicationLine, 'fieldCode'> & { readonly fieldName: string })[];
  readonly total: number;
  readonly page: number;
  readonly counts: readonly { readonly state: ApplicationState; readonly count: number }[];
}

/** Applications within the viewer's reach (unit or region), one page of them. Refusal: FORBIDDEN. */
export async function viewApplications(
  ctx: ActorCtx,
  table: TableQuery<ApplicationSort, 'state'>,
): Promise<Outcome<ApplicationsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'application.read')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'application.read');
  const query: ApplicationQuery = {
    regionIds: [...reach.regionIds],
    unitIds: [...reach.unitIds],
    text: table.q,
    state: APPLICATION_STATES.find((known) => known === table.filters.state) ?? null,
  };
  const counted = await countByState(ctx.pool, query);
  const counts = APPLICATION_STATES.map((state) => ({ state, count: counted[state] ?? 0 }));
  const total = counts
    .filter((one) => query.state === null || one.state === query.state)
    .reduce((sum, one) => sum + one.count, 0);
  const { page, offset } = pageBounds(total, table.page, table.size);
  const lines = await listApplications(ctx.pool, query, { sort: table.sort, limit: table.size, offset });
  const nameOf = await fieldNames(ctx.pool);
  const rows = lines.map(({ fieldCode, ...line }) => ({ ...line, fieldName: nameOf(fieldCode) }));
  return done({ rows, total, page, counts });
}
