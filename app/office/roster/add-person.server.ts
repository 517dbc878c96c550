import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { EnterPersonRefusal } from '#app/organization/register/enter-person.server.ts';
import { enterPersonIn } from '#app/organization/register/enter-person.server.ts';
import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths, dayOf, formatDay } from '#app/platform/time/day.ts';
import { asCommand } from './as-command.server.ts';
import type { EnterPersonForm } from './roster.schema.ts';

export type AddPersonRefusal =
  EnterPersonRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'DAY_OUT_OF_RANGE' | 'FIELD_UNKNOWN' | 'COMMAND_REUSED';

/** An arrival may be entered late, and a known one before it happens. [proposal] */
const MONTHS_BACK = 120;
const MONTHS_AHEAD = 3;

export function arrivalRange(today: Day): { readonly earliest: Day; readonly latest: Day } {
  return { earliest: addMonths(today, -MONTHS_BACK), latest: addMonths(today, MONTHS_AHEAD) };
}

export type PostForm = Pick<
  EnterPersonForm,
  'establishment' | 'position' | 'department' | 'isEnforcementPost' | 'fieldCode' | 'enforcementArea'
>;

/** Outside an enforcement post there is no field and no area to enforce in. */
export function postOf(form: PostForm): Omit<HomePlace, 'unitId'> {
  const { establishment, position, department, isEnforcementPost, fieldCode, enforcementArea } = form;
  return {
    establishment,
    position: position ?? null,
    department: department ?? null,
    isEnforcementPost,
    fieldCode: isEnforcementPost ? (fieldCode ?? null) : null,
    enforcementArea: isEnforcementPost ? (enforcementArea ?? null) : null,
  };
}

/** True for a field that exists, and for none. */
export async function isKnownField(ctx: ActorCtx, fieldCode: string | null): Promise<boolean> {
  if (fieldCode === null) return true;
  return (await listFields(ctx.pool)).some(({ code }) => code === fieldCode);
}

/**
 * A liaison enters somebody into an own unit. Refusals: FORBIDDEN; NOT_FOUND (a unit out of reach); DAY_OUT_OF_RANGE;
 * FIELD_UNKNOWN; those of `enterPersonIn`, where ALREADY_ELSEWHERE names the unit (detail: unitName); COMMAND_REUSED.
 */
export async function addPerson(
  ctx: ActorCtx,
  form: EnterPersonForm,
): Promise<Outcome<{ personId: string; isNew: boolean }, AddPersonRefusal>> {
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'roster.manage');
  if (!unitIds.has(form.unitId)) return refused('NOT_FOUND');
  const { earliest, latest } = arrivalRange(dayOf(ctx.clock.now()));
  if (form.fromDay < earliest || form.fromDay > latest)
    return refused('DAY_OUT_OF_RANGE', { earliest: formatDay(earliest), latest: formatDay(latest) });
  const post = postOf(form);
  if (!(await isKnownField(ctx, post.fieldCode))) return refused('FIELD_UNKNOWN');
  const { commandId, name, idNumber, unitId, fromDay, hasLegalQualification } = form;
  const details = { education: form.education ?? null, hasLegalQualification, phone: form.phone ?? null };
  const asked = { name, unitId, fromDay, post, ...details };
  const outcome = await asCommand<{ personId: string; isNew: boolean }, EnterPersonRefusal>(
    ctx,
    {
      kind: 'person.enter',
      commandId,
      input: { ...asked, idNumberHash: idNumberHash(ctx.secrets, idNumber) },
    },
    z.object({ personId: z.string(), isNew: z.boolean() }),
    (tx, refuse) => enterPersonIn(tx, ctx, { ...asked, idNumber }, refuse),
  );
  if (outcome.ok || outcome.code !== 'ALREADY_ELSEWHERE') return outcome;
  const unitName = tree.units.get(String(outcome.detail?.unitId))?.name ?? '其他单位';
  return refused('ALREADY_ELSEWHERE', { unitName });
}
