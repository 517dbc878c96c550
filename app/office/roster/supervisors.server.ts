import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { InvitedRow, SupervisionHolder } from '#app/organization/register/supervision.store.server.ts';
import {
  insertInvited,
  listInvited,
  listSupervisionHolders,
  lockInvited,
  supersedeInvited,
} from '#app/organization/register/supervision.store.server.ts';
import { sourceOf } from '#app/organization/register/keep-register.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { asCommand } from './as-command.server.ts';
import type { endInvitedSchema, inviteSchema } from './register.schema.ts';
import { ownRegion } from './registers.server.ts';

export type InvitedRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'TERM_REVERSED' | 'NO_TERM' | 'COMMAND_REUSED';

const idShape = z.object({ supervisorId: z.string() });

/** 特邀监督员 (ZY15), invited by a bureau for its region. Refusals: FORBIDDEN; NOT_FOUND; TERM_REVERSED; COMMAND_REUSED. */
export async function inviteSupervisor(
  ctx: ActorCtx,
  form: z.infer<typeof inviteSchema>,
): Promise<Outcome<z.infer<typeof idShape>, InvitedRefusal>> {
  if (!mayDo(ctx, 'supervisor.manage')) return refused('FORBIDDEN');
  const region = await ownRegion(ctx, 'supervisor.manage');
  if (region === null) return refused('NOT_FOUND');
  const { name, affiliation, documentNo = null, fromDay, untilDay, commandId } = form;
  if (untilDay <= fromDay) return refused('TERM_REVERSED');
  const term = { regionId: region.id, name, affiliation, documentNo, validFrom: fromDay };
  const validTo = addDays(untilDay, 1);
  return asCommand<z.infer<typeof idShape>, never>(
    ctx,
    { kind: 'supervisor.invite', commandId, input: { ...term, validTo } },
    idShape,
    async (tx) => {
      const supervisorId = newId<'InvitedSupervisor'>();
      await insertInvited(tx, { supervisorId, ...term, validTo }, sourceOf(ctx, 'register_entry', null));
      await appendAudit(tx, ctx, {
        action: 'supervisor.invite',
        subjectKind: 'invited_supervisor',
        subjectId: supervisorId,
        regionId: region.id,
        detail: { fromDay, untilDay },
      });
      return { supervisorId };
    },
  );
}

/** The invitation ends on a day of its term. Refusals: FORBIDDEN; NOT_FOUND; NO_TERM (the day lies outside); COMMAND_REUSED. */
export async function endInvited(
  ctx: ActorCtx,
  form: z.infer<typeof endInvitedSchema>,
): Promise<Outcome<z.infer<typeof idShape>, InvitedRefusal>> {
  if (!mayDo(ctx, 'supervisor.manage')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'supervisor.manage');
  const { supervisorId, day, commandId } = form;
  return asCommand<z.infer<typeof idShape>, 'NOT_FOUND' | 'NO_TERM'>(
    ctx,
    { kind: 'supervisor.invitation_end', commandId, input: { supervisorId, day } },
    idShape,
    async (tx, refuse) => {
      const known = await lockInvited(tx, supervisorId);
      if (known === null || !regionIds.has(known.regionId)) return refuse('NOT_FOUND');
      if (day <= known.validFrom || day >= known.validTo) return refuse('NO_TERM');
      await supersedeInvited(tx, supervisorId, ctx.clock.now());
      await insertInvited(tx, { ...known, validTo: day }, sourceOf(ctx, 'register_entry', null));
      await appendAudit(tx, ctx, {
        action: 'supervisor.invitation_end',
        subjectKind: 'invited_supervisor',
        subjectId: supervisorId,
        regionId: known.regionId,
        detail: { day },
      });
      return { supervisorId };
    },
  );
}

export interface SupervisorsPage {
  readonly today: Day;
  readonly rows: readonly SupervisionHolder[];
  readonly total: number;
  readonly page: number;
  /** Valid cards in reach, whatever is filtered (M20). */
  readonly valid: number;
  readonly endingSoon: number;
  readonly invited: readonly (InvitedRow & { readonly regionName: string })[];
  readonly mayManage: boolean;
}

export interface SupervisorsQuery {
  readonly text: string;
  readonly isEnding: boolean;
  readonly sort: { readonly field: 'name' | 'number' | 'validTo'; readonly direction: 'asc' | 'desc' };
  readonly page: number;
  readonly size: number;
}

/** A card that ends within so many days is to be renewed. [proposal, as for enforcement cards] */
export const ENDING_DAYS = 90;

/** 监督人员 with a valid card (YC10) and 特邀监督员 of the region. Refusal: FORBIDDEN. */
export async function viewSupervisors(
  ctx: ActorCtx,
  query: SupervisorsQuery,
): Promise<Outcome<SupervisorsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'supervisor.read')) return refused('FORBIDDEN');
  const { unitIds, regionIds, tree } = await reachFor(ctx, 'supervisor.read');
  const today = dayOf(ctx.clock.now());
  const ending = addDays(today, ENDING_DAYS);
  const ask = (page: number, text: string, endingBefore: Day | null, size: number) =>
    listSupervisionHolders(ctx.pool, [...unitIds], today, {
      text,
      endingBefore,
      sort: query.sort,
      limit: size,
      offset: (page - 1) * size,
    });
  const asked = query.isEnding ? ending : null;
  const first = await ask(query.page, query.text, asked, query.size);
  const { page } = pageBounds(first.total, query.page, query.size);
  const list = page === query.page ? first : await ask(page, query.text, asked, query.size);
  return done({
    today,
    ...list,
    page,
    valid: (await ask(1, '', null, 1)).total,
    endingSoon: (await ask(1, '', ending, 1)).total,
    invited: (await listInvited(ctx.pool, [...regionIds], today)).map((one) => ({
      ...one,
      regionName: tree.regions.get(one.regionId)?.name ?? '',
    })),
    mayManage: mayDo(ctx, 'supervisor.manage'),
  });
}
