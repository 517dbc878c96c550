import type { ChangeKind } from '#app/organization/change/change-kind.ts';

/** Labels of the wizard's fields, also for the error summary. */
export const PLAN_LABELS: Readonly<Record<string, string>> = {
  target: '合并后的单位',
  newName: '新单位名称',
  newCode: '新单位代码',
  part1Name: '新设单位 1 名称',
  part1Code: '新设单位 1 代码',
  part2Name: '新设单位 2 名称',
  part2Code: '新设单位 2 代码',
  part3Name: '新设单位 3 名称',
  part3Code: '新设单位 3 代码',
  part4Name: '新设单位 4 名称',
  part4Code: '新设单位 4 代码',
  ending: '原单位',
  restTo: '其余人员和事项由谁承接',
  name: '新名称',
  receiver: '承接单位',
  parent: '新的上级单位',
  region: '新的所属区划',
  mode: '执法模式',
  newUnitName: '合并新设单位名称',
  newUnitCode: '合并新设单位代码',
  effectiveDay: '生效日期',
  documentNo: '批文号',
};

/** Townships merge into a township, and are moved below a region. */
const REGION_LABELS: Readonly<Record<string, string>> = {
  target: '合并后的乡镇（街道）',
  newName: '新设乡镇（街道）名称',
  newCode: '新设乡镇（街道）代码',
};

export function labelOf(kind: ChangeKind, name: string): string {
  const own = kind === 'region_merge' ? REGION_LABELS[name] : undefined;
  if (kind === 'region_move' && name === 'region') return '新的上级区划';
  return own ?? PLAN_LABELS[name] ?? name;
}

export interface KindWords {
  /** What the act is for, on the choice of acts. */
  readonly purpose: string;
  /** What is to be chosen first. */
  readonly choose: string;
  readonly picks: 'one_unit' | 'units' | 'one_region' | 'regions';
}

export const KIND_WORDS: Readonly<Record<ChangeKind, KindWords>> = {
  merge: {
    purpose: '两个及以上单位合为一个，并入其中一个或新设单位',
    choose: '勾选参与合并的单位',
    picks: 'units',
  },
  split: { purpose: '从一个单位分出新单位，人员逐一分配', choose: '选择要分立的单位', picks: 'one_unit' },
  rename: { purpose: '单位名称变更，历史名称保留', choose: '选择要更名的单位', picks: 'one_unit' },
  abolish: {
    purpose: '单位不再保留，人员和事项须有去向',
    choose: '选择要撤销的单位',
    picks: 'one_unit',
  },
  move: { purpose: '改变单位的上级或所属区划', choose: '选择要划转的单位', picks: 'one_unit' },
  mode: {
    purpose: '派驻、赋权、派驻+赋权、1+X 辐射之间调整',
    choose: '选择乡镇（街道）',
    picks: 'one_unit',
  },
  region_merge: {
    purpose: '乡镇（街道）区划连同所属单位一并合并',
    choose: '勾选参与合并的乡镇（街道）',
    picks: 'regions',
  },
  region_rename: { purpose: '区划名称变更', choose: '选择要更名的区划', picks: 'one_region' },
  region_move: { purpose: '区划改由另一上级管辖', choose: '选择要改隶的区划', picks: 'one_region' },
};
