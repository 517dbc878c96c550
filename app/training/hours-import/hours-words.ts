import type { Words } from '#app/platform/import/values/choice.ts';
import type { EntryKind } from '../ledger/entry.ts';
import type { Category } from '../ledger/hours.ts';

/** 类别 as ledgers write it; three-column ledgers know no 专业法律知识 of their own (domain.md §4.1). */
export const CATEGORY_WORDS: Words<Category> = [
  {
    value: 'public_law',
    words: ['公共法律知识', '公共法律', '通用法律知识', '综合法律知识', '公共知识', '公共', '法律知识'],
  },
  {
    value: 'specialised_law',
    words: ['专业法律知识', '专业法律', '专门法律知识', '专业知识', '专业'],
  },
  { value: 'business', words: ['业务知识', '业务', '业务培训', '专门业务'] },
  {
    value: 'skill',
    words: ['行政执法技能', '执法技能', '技能', '实务', '执法实务', '实战'],
  },
];

const KIND_SIGNS: readonly (readonly [RegExp, EntryKind])[] = [
  [/网络|线上|在线|网上|远程|网课|视频|直播|学习强国|云/u, 'course'],
  [/授课|讲课|宣讲|讲师/u, 'lecture'],
  [/考试|测试|竞赛|比武|考核/u, 'exam'],
  [/外出|外训|送培|调训|跟班|观摩|挂职|党校|选派/u, 'external'],
];

/** How a ledger's 方式 counts in ours: what happened in a room of the office is a class. Null for a blank. */
export function entryKindOfMode(mode: string | null): EntryKind {
  if (mode === null) return 'external';
  return KIND_SIGNS.find(([sign]) => sign.test(mode))?.[1] ?? 'session';
}
