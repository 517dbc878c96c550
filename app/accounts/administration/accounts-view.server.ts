import type { PersonRow } from '#app/organization/person/person.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import type { Role } from '../role.ts';
import type { AccountQuery, AccountRow } from './account-list.store.server.ts';
import { listAccounts } from './account-list.store.server.ts';
import { grantableBy } from './account-rules.ts';
import { accountViewer } from './viewer.server.ts';

export interface AccountsPage {
  readonly rows: readonly AccountRow[];
  readonly total: number;
  readonly page: number;
  /** Roles this viewer gives, for the filter. */
  readonly roles: readonly Role[];
  readonly isSecurity: boolean;
}

export interface AccountsQuery extends Omit<AccountQuery, 'offset' | 'limit'> {
  readonly page: number;
  readonly size: number;
}

/** The accounts this viewer administers. A page beyond the end is answered with the last one. Refusal: FORBIDDEN. */
export async function viewAccounts(
  ctx: ActorCtx,
  { page, size, ...query }: AccountsQuery,
): Promise<Outcome<AccountsPage, 'FORBIDDEN'>> {
  const viewer = mayDo(ctx, 'account.open') ? await accountViewer(ctx) : null;
  if (viewer === null) return refused('FORBIDDEN');
  const day = dayOf(ctx.clock.now());
  const at = (offset: number) => listAccounts(ctx.pool, viewer, day, { ...query, offset, limit: size });
  const first = await at((page - 1) * size);
  const bounds = pageBounds(first.total, page, size);
  const list = bounds.page === page ? first : await at(bounds.offset);
  return done({
    ...list,
    page: bounds.page,
    roles: grantableBy(viewer.kind),
    isSecurity: viewer.kind === 'security',
  });
}

/** Somebody of the roster for whom an account may be opened: name and place, nothing else. */
export type Candidate = Pick<PersonRow, 'id' | 'name' | 'unitName' | 'department' | 'position'>;

const MAX_CANDIDATES = 20;

export interface NewAccountPage {
  readonly isSecurity: boolean;
  readonly candidates: readonly Candidate[];
  /** How many fit the search, of which the first are shown. */
  readonly total: number;
}

/** People that fit the search, within the viewer's reach; none before something is searched for. Refusal: FORBIDDEN. */
export async function viewNewAccount(
  ctx: ActorCtx,
  text: string,
): Promise<Outcome<NewAccountPage, 'FORBIDDEN'>> {
  const viewer = mayDo(ctx, 'account.open') ? await accountViewer(ctx) : null;
  if (viewer === null) return refused('FORBIDDEN');
  const isSecurity = viewer.kind === 'security';
  if (text === '') return done({ isSecurity, candidates: [], total: 0 });
  const units = isSecurity ? [...viewer.tree.units.keys()] : [...viewer.unitIds];
  const { rows, total } = await listPeopleOfUnits(ctx.pool, units, dayOf(ctx.clock.now()), {
    page: 1,
    size: MAX_CANDIDATES,
    sort: { field: 'name', direction: 'asc' },
    text,
    establishment: undefined,
    fieldCode: undefined,
    isEnforcementPost: undefined,
  });
  const candidates = rows.map(({ id, name, unitName, department, position }) => ({
    id,
    name,
    unitName,
    department,
    position,
  }));
  return done({ isSecurity, candidates, total });
}
