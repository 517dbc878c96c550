import type { RegionRules, RuleValue } from '#app/organization/rules/region-rules.ts';
import { BASIS_LABELS } from '#app/office/rules/rule-words.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';

/** One line of 口径: how a figure is counted and where that is written. Stands on the page and in the workbook. */
export interface Definition {
  readonly term: string;
  readonly text: string;
  /** Null where the figure follows from the lines above it. */
  readonly source: string | null;
  /** The document behind it has ended: the value is still used, and the region has to confirm it. */
  readonly isLapsed: boolean;
}

export interface Requirement {
  readonly title: string;
  readonly basis: string;
  readonly until: Day;
}

export interface DefinitionFacts {
  readonly day: Day;
  readonly rules: RegionRules;
  readonly fieldNames: ReadonlyMap<string, string>;
  readonly required: readonly Requirement[];
  readonly lapsedRequired: readonly Requirement[];
}

function ruleSource(rule: RuleValue<unknown>, day: Day): Pick<Definition, 'source' | 'isLapsed'> {
  const isLapsed = rule.until !== undefined && rule.until < day;
  const end = rule.until === undefined ? '' : `，依据有效至${formatDay(rule.until)}`;
  return { source: `${rule.source}（${BASIS_LABELS[rule.basis]}${end}）`, isLapsed };
}

const plain = (term: string, text: string): Definition => ({ term, text, source: null, isLapsed: false });

function requiredLine(facts: DefinitionFacts): Definition {
  const { required, lapsedRequired } = facts;
  if (required.length > 0) {
    return {
      term: '必修课程',
      text: `当年须完成：${required.map((course) => `《${course.title}》`).join('、')}。`,
      source: required.map((course) => course.basis).join('；'),
      isLapsed: false,
    };
  }
  const [lapsed] = lapsedRequired;
  if (lapsed === undefined) return plain('必修课程', '截至日没有必修课程要求，达标只看学时。');
  return {
    term: '必修课程',
    text: `截至日没有在效的必修课程要求，达标只看学时。《${lapsed.title}》的必修依据已到期，后续要求请以上级新文件为准。`,
    source: `${lapsed.basis}，至${formatDay(lapsed.until)}`,
    isLapsed: true,
  };
}

function ownTargetLine({ rules, day }: DefinitionFacts): Definition {
  const newcomers = rules.proRata.value
    ? '年中入职的，年度目标按入职当月起的月数折算（名册导入只说明当日在册，不作为入职日期）'
    : '年中入职的，按全年目标计';
  const field = rules.keyFieldProRata.value
    ? '年中转入重点领域的，专业法律知识按转入当月起的月数折算'
    : '截至日在重点领域的，专业法律知识按全额计';
  const text = `${newcomers}；${field}；经批准核减的，按核减的月数减少。`;
  return { term: '个人目标', text, ...ruleSource(rules.proRata, day) };
}

/** 口径 of the page, with the source of each rule. Where regions below state other targets, theirs are used for them. */
export function definitionsOf(facts: DefinitionFacts): Definition[] {
  const { rules, day, fieldNames } = facts;
  const keyFields = rules.keyFields.value.map((code) => fieldNames.get(code) ?? code).join('、');
  return [
    plain(
      '应训人数',
      '截至日人事关系在本范围内单位，且行政执法证处于有效或暂扣状态的人员，当年经批准免训的除外。已过有效期、收回、注销、吊销的不计；派驻人员计入派出单位；调动人员计入截至日所在单位；一人多证只计一次；退休、调离的自离开单位之日起不计。',
    ),
    {
      term: '达标人数',
      text: `应训人员中，当年学时不少于 ${formatHours(rules.yearlyCreditSeconds.value)}且完成当年必修课程的人数。下辖地区另有规定的，按其规定计。`,
      ...ruleSource(rules.yearlyCreditSeconds, day),
    },
    requiredLine(facts),
    plain('达标率', '达标人数÷应训人数，按千分位舍去，不四舍五入；应训人数为 0 的不计算，以“–”表示。'),
    plain('人均学时', '应训人员当年学时合计÷应训人数，舍去 0.01 学时以下部分；单位调动的，学时随人。'),
    {
      term: '重点领域达标率',
      text: `执法领域属于${keyFields || '重点领域'}的应训人员中，专业法律知识不少于 ${formatHours(rules.keyFieldCreditSeconds.value)}的比例。`,
      ...ruleSource(rules.keyFieldCreditSeconds, day),
    },
    plain(
      '平均线、序时应达',
      '图中竖线为本范围平均达标率，年末为全员达标。序时应达为年度目标×已过天数÷全年天数，供与人均学时对照看快慢，不是考核标准。',
    ),
    ownTargetLine(facts),
  ];
}
