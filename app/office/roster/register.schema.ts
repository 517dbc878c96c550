import { z } from 'zod';
import { GRADES } from '#app/organization/register/assessment.ts';
import { WORK_MODES } from '#app/organization/register/reviewer.ts';
import { parsePersonName } from '#app/platform/import/values/person-name.ts';
import { parsePhone } from '#app/platform/import/values/phone.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { readAs } from './roster.schema.ts';

const commandId = z.uuid();
const shortText = (most: number) => z.string().trim().max(most).optional();
const reason = z.string({ error: '请写明理由' }).trim().min(2, '请写明理由').max(200);

export const appointReviewerSchema = z.object({
  commandId,
  intent: z.literal('reviewer'),
  unitId: z.uuid(),
  fromDay: daySchema(),
  workMode: z.enum(WORK_MODES),
  qualificationNo: shortText(40),
  sinceYear: z.coerce.number().int().min(1949, '年份应不早于 1949 年').max(2999).optional(),
});
export const endReviewerSchema = z.object({
  commandId,
  intent: z.literal('reviewer-end'),
  unitId: z.uuid(),
  day: daySchema(),
});
export const gradeSchema = z.object({
  commandId,
  intent: z.literal('grade'),
  year: z.coerce.number().int().min(1994).max(2999),
  grade: z.enum(GRADES),
  reason: shortText(200),
});
export const withdrawGradeSchema = z.object({
  commandId,
  intent: z.literal('grade-withdraw'),
  year: z.coerce.number().int(),
  reason,
});
const honour = {
  title: z.string({ error: '请填写荣誉名称' }).trim().min(2, '请填写荣誉名称').max(100),
  awardedBy: z.string({ error: '请填写授予机关' }).trim().min(2, '请填写授予机关').max(100),
  awardedDay: daySchema(),
  documentNo: shortText(60),
};
export const personHonourSchema = z.object({ commandId, intent: z.literal('honour'), ...honour });
export const withdrawHonourSchema = z.object({
  commandId,
  intent: z.literal('honour-withdraw'),
  honourId: z.uuid(),
  reason,
});
export const supervisionCardSchema = z.object({
  commandId,
  intent: z.literal('supervision'),
  cardNo: z.string({ error: '请填写监督证号' }).trim().min(2, '请填写监督证号').max(32),
  validFrom: daySchema(),
  /** Last day on which the card holds. */
  validUntil: daySchema(),
});
export const endSupervisionSchema = z.object({
  commandId,
  intent: z.literal('supervision-end'),
  cardNo: z.string().max(32),
  day: daySchema(),
});

/** Everything that can be sent from a person's page, told apart by `intent`. */
export const personActSchema = z.discriminatedUnion('intent', [
  appointReviewerSchema,
  endReviewerSchema,
  gradeSchema,
  withdrawGradeSchema,
  personHonourSchema,
  withdrawHonourSchema,
  supervisionCardSchema,
  endSupervisionSchema,
]);
export type PersonAct = z.infer<typeof personActSchema>;

export const PERSON_ACT_LABELS: Readonly<Record<string, string>> = {
  unitId: '审核单位',
  fromDay: '起始日期',
  workMode: '专/兼职',
  qualificationNo: '法律职业资格证号',
  sinceYear: '从事法制审核起始年份',
  day: '日期',
  year: '年度',
  grade: '等次',
  title: '荣誉名称',
  awardedBy: '授予机关',
  awardedDay: '授予日期',
  documentNo: '文号',
  cardNo: '监督证号',
  validFrom: '有效期起',
  validUntil: '有效期止',
  reason: '理由',
};

export const unitHonourSchema = z.discriminatedUnion('intent', [
  z.object({ commandId, intent: z.literal('honour'), unitId: z.uuid(), ...honour }),
  withdrawHonourSchema,
]);

export const contactSchema = z.object({
  commandId,
  unitId: z.uuid(),
  name: z
    .string({ error: '请填写联络员姓名' })
    .transform((text) => text.trim())
    .pipe(readAs(parsePersonName)),
  position: shortText(60),
  phone: z.string({ error: '请填写联系电话' }).pipe(readAs(parsePhone)),
});

export const inviteSchema = z.object({
  commandId,
  intent: z.literal('invite'),
  name: z.string({ error: '请填写姓名' }).pipe(readAs(parsePersonName)),
  affiliation: z
    .string({ error: '请填写身份或单位，如人大代表、律师、行业协会' })
    .trim()
    .min(2, '请填写身份或单位，如人大代表、律师、行业协会')
    .max(60),
  documentNo: shortText(60),
  fromDay: daySchema(),
  untilDay: daySchema(),
});
export const endInvitedSchema = z.object({
  commandId,
  intent: z.literal('invited-end'),
  supervisorId: z.uuid(),
  day: daySchema(),
});
export const invitedSchema = z.discriminatedUnion('intent', [inviteSchema, endInvitedSchema]);
export const INVITE_LABELS = {
  name: '姓名',
  affiliation: '身份或单位',
  documentNo: '聘书文号',
  fromDay: '聘期起',
  untilDay: '聘期止',
} as const;
