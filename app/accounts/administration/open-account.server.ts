import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { isUniqueViolation } from '#app/platform/db/errors.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { createActivationLink } from '../activation.server.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import { isLogin, normaliseLogin } from '../login-rules.ts';
import type { AdministrationCode } from './refusals.ts';
import type { AccountViewer } from './viewer.server.ts';
import { accountViewer } from './viewer.server.ts';

/** For a person of the roster, or (security administrator only) for nobody in particular. */
export type NewAccountOwner =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'technical'; readonly displayName: string };

/** An account with its one-time link, which is shown this once and kept nowhere. */
export interface IssuedLink {
  readonly accountId: string;
  readonly login: string;
  readonly displayName: string;
  readonly path: string;
}

interface Owner {
  readonly personId: string | null;
  readonly displayName: string;
}

type OwnerRefusal = 'TECHNICAL_NOT_YOURS' | 'PERSON_OUT_OF_REACH';

async function ownerOf(
  ctx: ActorCtx,
  viewer: AccountViewer,
  owner: NewAccountOwner,
): Promise<Outcome<Owner, OwnerRefusal>> {
  if (owner.kind === 'technical') {
    if (viewer.kind !== 'security') return refused('TECHNICAL_NOT_YOURS');
    return done({ personId: null, displayName: owner.displayName });
  }
  const { personId } = owner;
  const card = await findPersonCard(ctx.pool, personId);
  const home = (await homeLinksOn(ctx.pool, [personId], dayOf(ctx.clock.now()))).get(personId);
  const isInReach = viewer.kind === 'security' || (home !== undefined && viewer.unitIds.has(home.unitId));
  return card !== null && isInReach
    ? done({ personId, displayName: card.name })
    : refused('PERSON_OUT_OF_REACH');
}

/**
 * Opens an account without a password and without rights. Refusals: FORBIDDEN, BAD_LOGIN, LOGIN_TAKEN,
 * TECHNICAL_NOT_YOURS, PERSON_OUT_OF_REACH. @returns the account with its one-time link (seven days)
 */
export async function openAccount(
  ctx: ActorCtx,
  input: { readonly login: string; readonly owner: NewAccountOwner },
): Promise<Outcome<IssuedLink, AdministrationCode>> {
  const viewer = mayDo(ctx, 'account.open') ? await accountViewer(ctx) : null;
  if (viewer === null) return refused('FORBIDDEN');
  const login = normaliseLogin(input.login);
  if (!isLogin(login)) return refused('BAD_LOGIN');
  const owner = await ownerOf(ctx, viewer, input.owner);
  if (!owner.ok) return owner;
  const accountId = newId<'Account'>();
  const now = ctx.clock.now();
  try {
    return await inTransaction<IssuedLink, never>(ctx, 'open-account', async (tx) => {
      await tx.account.create({ data: { id: accountId, login, ...owner.value, createdAt: now } });
      const path = `/activate/${await createActivationLink(tx, accountId, now)}`;
      await appendAudit(tx, ctx, {
        action: 'account.open',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { login, kind: input.owner.kind },
      });
      return { accountId, login, displayName: owner.value.displayName, path };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return refused('LOGIN_TAKEN', { login });
    throw error;
  }
}
