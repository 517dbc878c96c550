import { z } from 'zod';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { parseIdNumber } from '#app/platform/import/values/id-number.ts';
import { parsePersonName } from '#app/platform/import/values/person-name.ts';
import { parsePhone } from '#app/platform/import/values/phone.ts';
import type { Parsed } from '#app/platform/import/values/reading.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';

/** A text that the importers' own reader takes, with the readers' own words when it does not. */
export function readAs<T>(parse: (text: string) => Parsed<T>) {
  return z.string().transform((text, context): T => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    const { reason, fix } = parsed.problem;
    context.addIssue({ code: 'custom', message: fix === null ? reason : `${reason}。${fix}` });
    return z.NEVER;
  });
}

const tick = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const shortText = (most: number) => z.string().trim().max(most).optional();

const post = {
  establishment: z.enum(ESTABLISHMENTS),
  position: shortText(60),
  department: shortText(60),
  isEnforcementPost: tick,
  fieldCode: z.string().max(40).optional(),
  enforcementArea: shortText(60),
};

export const POST_LABELS = {
  establishment: '编制性质',
  position: '职务/职级',
  department: '内设机构',
  isEnforcementPost: '在执法岗位',
  fieldCode: '执法领域',
  enforcementArea: '执法区域',
} as const;

export const enterPersonSchema = z.object({
  commandId: z.uuid(),
  name: readAs(parsePersonName),
  idNumber: readAs((text) => parseIdNumber(text)),
  unitId: z.uuid(),
  fromDay: daySchema(),
  ...post,
  education: shortText(20),
  hasLegalQualification: tick,
  phone: readAs(parsePhone).optional(),
});
export type EnterPersonForm = z.infer<typeof enterPersonSchema>;
export const ENTER_LABELS = {
  name: '姓名',
  idNumber: '身份证号',
  unitId: '工作单位',
  fromDay: '到岗日期',
  ...POST_LABELS,
  education: '学历',
  hasLegalQualification: '取得法律职业资格',
  phone: '联系电话',
} as const;

/** Blank name, number and phone stay as they are; education is what stands in the field. */
export const correctPersonSchema = z.object({
  commandId: z.uuid(),
  name: readAs(parsePersonName).optional(),
  idNumber: readAs((text) => parseIdNumber(text)).optional(),
  education: shortText(20),
  hasLegalQualification: tick,
  phone: readAs(parsePhone).optional(),
  proof: z
    .string({ error: '请写明依据材料，如户口本、公安机关证明及文号' })
    .trim()
    .min(2, '请写明依据材料，如户口本、公安机关证明及文号')
    .max(200),
});
export type CorrectPersonForm = z.infer<typeof correctPersonSchema>;
export const CORRECT_LABELS = {
  name: '更正后的姓名',
  idNumber: '更正后的身份证号',
  education: '学历',
  hasLegalQualification: '取得法律职业资格',
  phone: '更正后的联系电话',
  proof: '依据材料',
} as const;

export const changePostSchema = z.object({
  commandId: z.uuid(),
  fromDay: daySchema(),
  ...post,
  proof: z.string({ error: '请写明任职文件或依据' }).trim().min(2, '请写明任职文件或依据').max(200),
});
export type ChangePostForm = z.infer<typeof changePostSchema>;
export const CHANGE_POST_LABELS = { fromDay: '生效日期', ...POST_LABELS, proof: '任职文件或依据' } as const;

export const answerCorrectionSchema = z.object({
  commandId: z.uuid(),
  act: z.enum(['apply', 'decline', 'withdraw']),
  note: z.string().trim().max(200).optional(),
});
