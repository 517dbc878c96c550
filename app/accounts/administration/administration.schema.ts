import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { ROLES } from '../role.ts';

const reason = z
  .string({ error: '请填写依据或事由' })
  .trim()
  .min(2, '请填写依据或事由')
  .max(200, '不得超过 200 个字');
const login = z.string({ error: '请填写账号' }).trim().max(60, '账号过长');

/** The form that opens an account. */
export const newAccountSchema = z.discriminatedUnion('owner', [
  z.object({
    owner: z.literal('person'),
    login,
    personId: z.uuid({ error: '请先查找并选择人员' }),
  }),
  z.object({
    owner: z.literal('technical'),
    login,
    displayName: z
      .string({ error: '请填写名称' })
      .trim()
      .min(2, '请填写名称')
      .max(40, '名称不得超过 40 个字'),
  }),
]);

const optionalText = z.string().trim().max(100, '不得超过 100 个字').optional();

/** The acts of an account's page. */
export const accountActSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('relink') }),
  z.object({ intent: z.literal('disable'), reason }),
  z.object({ intent: z.literal('enable'), reason }),
  z.object({
    intent: z.literal('grant'),
    role: z.enum(ROLES, { error: '请选择角色' }),
    unitText: optionalText,
    regionId: z.uuid({ error: '请选择地区' }).optional(),
    fieldCode: optionalText,
    fromDay: daySchema(),
    lastDay: daySchema().optional(),
    reason,
  }),
  z.object({ intent: z.literal('end'), grantId: z.uuid(), reason }),
]);
