import type { Sort, TableQuery } from '../table/table-query.ts';
import { pageBounds } from '../table/table-query.ts';

/** Invented officers of an invented city: enough of them to page, sort and filter. */

export type SampleState = 'valid' | 'suspended' | 'expired';
export type OfficerSort = 'name' | 'unit' | 'hours' | 'validUntil';
export type OfficerFilter = 'name' | 'unit' | 'state';

export interface SampleOfficer {
  id: string;
  name: string;
  unit: string;
  certificateNo: string;
  creditSeconds: number;
  exams: number;
  validUntil: string;
  state: SampleState;
}

export const SAMPLE_UNITS = [
  '市市场监督管理局',
  '市生态环境局',
  '市交通运输局',
  '市应急管理局',
  '市城市管理局',
  '青溪县农业农村局',
  '青溪县自然资源局',
  '临江区卫生健康局',
  '临江区文化和旅游局',
  '石桥镇人民政府',
] as const;

export const SAMPLE_STATES: readonly { value: SampleState; label: string }[] = [
  { value: 'valid', label: '有效' },
  { value: 'suspended', label: '暂扣' },
  { value: 'expired', label: '过期' },
];

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [
  '建国',
  '海燕',
  '志强',
  '晓梅',
  '文博',
  '玉兰',
  '学明',
  '思远',
  '丽华',
  '振东',
  '佳宁',
  '秋实',
  '立新',
];

/** Item of a list by any index. */
function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('empty list');
  return item;
}

function sampleState(index: number): SampleState {
  if (index % 23 === 7) return 'suspended';
  return index % 17 === 4 ? 'expired' : 'valid';
}

function sampleOfficer(_: unknown, index: number): SampleOfficer {
  const serial = String(1000 + index * 37);
  return {
    id: `officer-${index + 1}`,
    name: `${pick(SURNAMES, index * 7)}${pick(GIVEN, index * 5 + 3)}`,
    unit: pick(SAMPLE_UNITS, index * 3 + Math.floor(index / 11)),
    certificateNo: `9901${String(2021 + (index % 5))}${serial}`,
    creditSeconds: 2700 * 18 + ((index * 7919) % 130_000),
    exams: index % 4,
    validUntil: `${2027 + (index % 4)}年${1 + (index % 12)}月${1 + (index % 27)}日`,
    state: sampleState(index),
  };
}

export const SAMPLE_OFFICERS: readonly SampleOfficer[] = Array.from({ length: 137 }, sampleOfficer);

const collator = new Intl.Collator('zh-CN');

function compare(a: SampleOfficer, b: SampleOfficer, { field, direction }: Sort<OfficerSort>): number {
  const order =
    field === 'hours'
      ? a.creditSeconds - b.creditSeconds
      : collator.compare(sortText(a, field), sortText(b, field));
  return (direction === 'asc' ? order : -order) || collator.compare(a.id, b.id);
}

function sortText(officer: SampleOfficer, field: Exclude<OfficerSort, 'hours'>): string {
  return officer[field];
}

/** What a read model does in SQL: filter, sort, cut one page. */
export function findSampleOfficers(query: TableQuery<OfficerSort, OfficerFilter>) {
  const { q, filters, sort, size } = query;
  const matching = SAMPLE_OFFICERS.filter(
    (officer) =>
      (q === '' || officer.name.includes(q) || officer.certificateNo.includes(q.replaceAll(' ', ''))) &&
      (!filters.name || officer.name.includes(filters.name)) &&
      (!filters.unit || officer.unit === filters.unit) &&
      (!filters.state || officer.state === filters.state),
  ).sort((a, b) => compare(a, b, sort));
  const { page, offset } = pageBounds(matching.length, query.page, size);
  return { total: matching.length, page, rows: matching.slice(offset, offset + size) };
}
