/** Acts on the organisation, by what they are called in a 批文. Regions and units change by the same rules. */
export const CHANGE_KINDS = [
  'merge',
  'split',
  'rename',
  'abolish',
  'move',
  'mode',
  'region_merge',
  'region_rename',
  'region_move',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const CHANGE_LABELS: Readonly<Record<ChangeKind, string>> = {
  merge: '单位合并',
  split: '单位分立',
  rename: '单位更名',
  abolish: '单位撤销',
  move: '单位划转（改隶）',
  mode: '乡镇执法模式调整',
  region_merge: '乡镇（街道）合并',
  region_rename: '区划更名',
  region_move: '区划改隶',
};

export function isChangeKind(text: unknown): text is ChangeKind {
  return CHANGE_KINDS.some((kind) => kind === text);
}

/**
 * filed: waits for the second person · planned: confirmed, its day has not come · blocked: its day has come and it can
 * no longer be done as filed · applied, declined, cancelled: over.
 */
export const CHANGE_STATES = ['filed', 'planned', 'blocked', 'applied', 'declined', 'cancelled'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export const CHANGE_STATE_LABELS: Readonly<Record<ChangeState, string>> = {
  filed: '待复核',
  planned: '待生效',
  blocked: '未能生效',
  applied: '已生效',
  declined: '未同意',
  cancelled: '已撤销',
};

/** States in which an act may still change the organisation: another one on the same units has to wait. */
export const PENDING_STATES: readonly ChangeState[] = ['filed', 'planned', 'blocked'];

export const TOWNSHIP_MODES = ['dispatch', 'empowerment', 'mixed', 'hub'] as const;
export type TownshipModeName = (typeof TOWNSHIP_MODES)[number];

/** RA1: 派驻、赋权、派驻+赋权、1+X 辐射. */
export const MODE_LABELS: Readonly<Record<TownshipModeName, string>> = {
  dispatch: '派驻',
  empowerment: '赋权',
  mixed: '派驻+赋权',
  hub: '1+X 辐射',
};
