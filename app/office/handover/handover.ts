import type { Role } from '#app/accounts/role.ts';
import { ADMIN_ROLES } from '#app/accounts/role.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Pool } from '#app/platform/db/db.server.ts';

/** One thing that passes, as the 交接单 lists it. */
export interface HandoverItem {
  readonly kind: string;
  readonly itemId: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * What a slice above lets pass: the open things an account handles. They keep who made them (maker ≠ checker is asked of
 * the maker); who handles them from then on is the latest handover that names them.
 */
export interface HandoverSource {
  readonly kind: string;
  /** Heading in the 交接单: 「培训班」. */
  readonly label: string;
  /**
   * Open things made by the account, and those of `receivedIds` (passed to it before) that are still open.
   * @returns at most `limit` of them
   */
  list(
    pool: Pool,
    asked: {
      readonly accountId: string;
      readonly receivedIds: readonly string[];
      readonly limit: number;
    },
  ): Promise<readonly Omit<HandoverItem, 'kind'>[]>;
}

export interface HandoverParty {
  readonly accountId: string;
  readonly isActive: boolean;
  readonly roles: readonly Role[];
  readonly homeUnitIds: readonly string[];
}

export type HandoverRefusal =
  | 'SAME_PERSON'
  | 'RECEIVER_NOT_ACTIVE'
  | 'RECEIVER_IS_ADMINISTRATOR'
  | 'NOT_OF_THE_UNIT'
  | 'NOTHING_TO_HAND_OVER';

/**
 * Whether an office may pass from one to the other. @param reachedUnitIds units of the one who files the handover: the
 * receiver is at home in one of them; also what passes lies there, which the command has asked before.
 */
export function decideHandover(input: {
  readonly from: HandoverParty;
  readonly to: HandoverParty;
  readonly reachedUnitIds: ReadonlySet<string>;
  readonly items: readonly HandoverItem[];
}): Outcome<readonly HandoverItem[], HandoverRefusal> {
  const { from, to, reachedUnitIds, items } = input;
  if (from.accountId === to.accountId) return refused('SAME_PERSON');
  if (!to.isActive) return refused('RECEIVER_NOT_ACTIVE');
  if (to.roles.some((role) => ADMIN_ROLES.includes(role))) return refused('RECEIVER_IS_ADMINISTRATOR');
  if (!to.homeUnitIds.some((unit) => reachedUnitIds.has(unit))) return refused('NOT_OF_THE_UNIT');
  if (items.length === 0) return refused('NOTHING_TO_HAND_OVER');
  return done(items);
}

/** Kinds of this slice's own items. */
export const GRANT_ITEM = 'role_grant';
export const TASK_ITEM = 'task';
