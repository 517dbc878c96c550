import type { Basis } from '#app/organization/rules/rule-basis.ts';

/**
 * A clause that a page shows beside a requirement: where it stands, what it says, and how firmly it binds here. A text
 * that is not the document's own wording begins with 「（要点）」.
 */
export interface Clause {
  readonly citation: string;
  readonly text: string;
  readonly basis: Basis;
}

const PENALTY_LAW = '《中华人民共和国行政处罚法》';
const HEYUAN = '《河源市提升行政执法质量三年行动计划实施方案（2023—2025年）》';

/** Clauses the register rests on. Statute texts were read in the full text (shared laws, state of April 2025). */
export const CLAUSES = {
  /** AJ1 */
  qualificationNeedsExam: {
    citation: '行政执法“三项制度”试点工作实施方案',
    text: '未经执法资格考试合格，不得授予执法资格，不得从事执法活动。',
    basis: 'policy',
  },
  /** domain.md §5.5: whom an exam spares is the region's to say. */
  examExemption: {
    citation: '参照江苏常州等地考试通知，由本地区确认',
    text: '（要点）符合取得国家统一法律职业资格等规定条件的，凭证明可以免予参加公共法律知识考试。',
    basis: 'search',
  },
  penaltyNeedsQualifiedOfficers: {
    citation: `${PENALTY_LAW}第四十二条第一款`,
    text: '行政处罚应当由具有行政执法资格的执法人员实施。执法人员不得少于两人，法律另有规定的除外。',
    basis: 'statute',
  },
  cardIsShown: {
    citation: `${PENALTY_LAW}第五十五条第一款`,
    text: '执法人员在调查或者进行检查时，应当主动向当事人或者有关人员出示执法证件。',
    basis: 'statute',
  },
  organWithPower: {
    citation: `${PENALTY_LAW}第十七条`,
    text: '行政处罚由具有行政处罚权的行政机关在法定职权范围内实施。',
    basis: 'statute',
  },
  entrustedBody: {
    citation: `${PENALTY_LAW}第二十一条第二项`,
    text: '受委托组织必须符合以下条件：……（二）有熟悉有关法律、法规、规章和业务并取得行政执法资格的工作人员；',
    basis: 'statute',
  },
  /** HY10 */
  noCardNoDuty: {
    citation: HEYUAN,
    text: '严禁未取得执法证件的人员独立执法。',
    basis: 'policy',
  },
  /** HY11 */
  leavingPost: {
    citation: HEYUAN,
    text: '离开执法岗位的，要依法及时收回并注销。',
    basis: 'policy',
  },
  /** HY13 */
  justiceOfficeHelps: {
    citation: HEYUAN,
    text: '（要点）司法所协助行政执法人员资格审核工作。',
    basis: 'policy',
  },
  permanentStaffOnly: {
    citation: '参照《吉林省行政执法证件管理办法》等省级规定，由本地区确认',
    text: '（要点）合同制、临时性、公益性岗位等编外人员不予核发行政执法证件。',
    basis: 'search',
  },
  enforcementPost: {
    citation: '参照浙江、四川等地证件清理要求，由本地区确认',
    text: '（要点）证件发给在执法岗位从事行政执法工作的人员。',
    basis: 'search',
  },
  reapplyBar: {
    citation: '本地区规则：吊销后重新申领的间隔',
    text: '证件被吊销的，期限届满并重新培训、考试合格后方可重新申领。',
    basis: 'proposal',
  },
  oneCardPerField: {
    citation: '本系统登记规则，由本地区确认',
    text: '同一人在同一执法领域只持有一个未终止的证件。',
    basis: 'proposal',
  },
  twoPersons: {
    citation: '本系统办理规则：经办、复核分离',
    text: '申报、初审、批准由三名不同人员办理。',
    basis: 'proposal',
  },
} as const satisfies Readonly<Record<string, Clause>>;
