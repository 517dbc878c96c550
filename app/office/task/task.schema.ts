import { z } from 'zod';
import { ROLES } from '#app/accounts/role.ts';
import { parseDay } from '#app/platform/time/day.ts';
import { isTaskKind } from './task-kinds.ts';
import type { NewTask, SettledSeries, SettledTasks } from './task.ts';

const MAX_TITLE = 60;

const kind = z.string().refine(isTaskKind);
const day = z.string().transform((text, ctx) => {
  const parsed = parseDay(text);
  if (parsed !== null) return parsed;
  ctx.addIssue('not a day');
  return z.NEVER;
});

const roleAssignee = z
  .object({ role: z.enum(ROLES), unitId: z.uuid().nullable(), regionId: z.uuid().nullable() })
  .refine((one) => (one.unitId === null) !== (one.regionId === null), 'one of unit and region is named');

/** What a request to open tasks may hold; the same for callers of this slice and for facts from the slices above. */
export const newTaskSchema = z.object({
  kind,
  key: z.string().min(1).max(200),
  title: z.string().min(1).max(MAX_TITLE),
  proposal: z.string().max(300).nullable(),
  origin: z.object({ kind: z.string(), id: z.string(), label: z.string().max(120) }),
  path: z.string().regex(/^\/(?!\/)/),
  dueDay: day.nullable(),
  assignee: z.union([roleAssignee, z.object({ accountId: z.uuid() })]),
}) satisfies z.ZodType<NewTask, unknown>;

const outcome = z.enum(['done', 'withdrawn']);

export const settledTasksSchema = z.object({
  kind,
  keys: z.array(z.string()).min(1),
  outcome,
}) satisfies z.ZodType<SettledTasks, unknown>;

export const settledSeriesSchema = z.object({
  kind,
  keyPrefix: z.string().regex(/^[0-9a-f-]{36}:/),
  outcome,
}) satisfies z.ZodType<SettledSeries, unknown>;
