import type { RegionLevel, UnitType } from '#app/organization/tree/tree.ts';
import { ROLE_LABELS } from '#app/accounts/role.ts';
import type { CourseFile, TrainedAs } from './course.schema.ts';

/** Words of the three axes and other marks of a course (ZY3, ZY7, AJ9). */

type Axes = CourseFile['axes'];

export const LEVEL_LABELS: Readonly<Record<Axes['level'], string>> = {
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇（街道）级',
};

export const AUDIENCE_LABELS: Readonly<Record<Axes['audience'], string>> = {
  enforcement: '行政执法',
  supervision: '行政执法监督',
};

export const TRAINING_KIND_LABELS: Readonly<Record<CourseFile['trainingKind'], string>> = {
  induction: '初任培训',
  promotion: '任职培训',
  in_service: '在职培训',
  special_task: '专门业务培训',
};

export const ACT_KIND_LABELS: Readonly<Record<CourseFile['actKinds'][number], string>> = {
  licence: '行政许可',
  penalty: '行政处罚',
  coercion: '行政强制',
  inspection: '行政检查',
};

const REGION_LEVEL_LABELS: Readonly<Record<RegionLevel, string>> = {
  nation: '国家级',
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇（街道）级',
};

const UNIT_TYPE_LABELS: Readonly<Record<UnitType, string>> = {
  government: '人民政府',
  department: '政府工作部门',
  team: '综合行政执法队',
  authorised: '授权组织',
  entrusted: '受委托组织',
  township: '乡镇政府、街道办',
  township_team: '乡镇执法队（办）',
  dispatched_team: '派驻队',
  zone_committee: '管委会',
  vertical: '垂直管理、驻地单位',
  justice: '司法局',
  justice_office: '司法所',
  legal_unit: '法制机构',
};

const TRAINED_AS_LABELS: Readonly<Record<TrainedAs, string>> = {
  ...ROLE_LABELS,
  legal_reviewer: '法制审核人员',
};

/**
 * For whom a course is, in one line: `执法人员、申领人 · 乡镇政府、街道办、派驻队`; null when it is for everybody.
 * @param fieldNames names of 执法领域 by code
 */
export function targetsText(
  targets: CourseFile['targets'],
  fieldNames: ReadonlyMap<string, string>,
): string | null {
  const parts = [
    targets.roles.map((role) => TRAINED_AS_LABELS[role]),
    targets.fields.map((code) => fieldNames.get(code) ?? code),
    targets.levels.map((level) => `${REGION_LEVEL_LABELS[level]}单位`),
    targets.unitTypes.map((type) => UNIT_TYPE_LABELS[type]),
  ].filter((names) => names.length > 0);
  return parts.length === 0 ? null : parts.map((names) => names.join('、')).join(' · ');
}
