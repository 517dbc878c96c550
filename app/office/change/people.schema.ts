import { z } from 'zod';
import { ABSENCE_KINDS } from '#app/organization/change/absence.ts';
import { LEAVING_REASONS } from '#app/organization/change/leaving.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';

/** What the forms about people submit. An empty text is absent. */
const commandId = z.uuid();
const short = z.string().trim().min(2).max(60);
const note = z.string().trim().max(300);

export const transferSchema = z.object({
  toUnitId: z.uuid(),
  effectiveDay: daySchema(),
  documentNo: short.optional(),
  reason: note.min(2),
  commandId,
});

export const TRANSFER_LABELS = {
  toUnitId: '转入单位',
  effectiveDay: '调动日期',
  documentNo: '文号',
  reason: '调动原因',
};

export const acceptSchema = z.object({
  act: z.literal('accept'),
  establishment: z.enum(ESTABLISHMENTS),
  position: short.optional(),
  department: short.optional(),
  isEnforcementPost: z.enum(['yes', 'no']),
  fieldCode: z.string().max(20).optional(),
  enforcementArea: z.string().trim().max(60).optional(),
  commandId,
});

export const ACCEPT_LABELS = {
  establishment: '编制性质',
  position: '职务',
  department: '内设机构',
  isEnforcementPost: '执法岗位',
  fieldCode: '执法领域',
  enforcementArea: '执法区域',
};

export const answerSchema = z.object({
  act: z.enum(['return', 'withdraw']),
  note: note.optional(),
  commandId,
});

export const absenceSchema = z.object({
  kind: z.enum(ABSENCE_KINDS),
  validFrom: daySchema(),
  expectedReturnDay: daySchema(),
  destination: short.optional(),
  documentNo: short.optional(),
  cardKeeper: short.optional(),
  commandId,
});

export const ABSENCE_FIELD_LABELS = {
  kind: '类型',
  validFrom: '离岗日期',
  expectedReturnDay: '预计返岗日期',
  destination: '去向',
  documentNo: '文号',
  cardKeeper: '证件代管',
};

export const absenceActSchema = z.object({
  act: z.enum(['extend', 'end']),
  absenceId: z.uuid(),
  day: daySchema(),
  commandId,
});

export const leaverSchema = z.object({
  reason: z.enum(LEAVING_REASONS),
  awayFromDay: daySchema(),
  documentNo: short,
  note: note.optional(),
  commandId,
});

export const LEAVER_LABELS = {
  reason: '离岗原因',
  awayFromDay: '离岗日期',
  documentNo: '证明文号',
  note: '备注',
};
