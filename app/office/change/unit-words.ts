import type { UnitType } from '#app/organization/tree/tree.ts';

/** 单位类型 (domain.md §3.2). */
export const UNIT_TYPE_LABELS: Readonly<Record<UnitType, string>> = {
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
