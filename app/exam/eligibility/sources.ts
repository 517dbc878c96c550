import type { Basis } from '#app/organization/rules/rule-basis.ts';

/** Where a reason comes from and how firmly it binds here. */
export interface Source {
  readonly source: string;
  readonly basis: Basis;
}

/**
 * Sources of the eligibility rules (domain.md §5.5). Statutes are named only for what their text says: no national
 * statute lists who may sit this exam, so most conditions are other provinces' practice, to be confirmed by the region.
 */
export const SOURCES = {
  permanentStaff: {
    source: '参照吉林、山东等省行政执法证件管理规定（在编在岗），由本地区确认',
    basis: 'search',
  },
  enforcementPost: { source: '参照安徽、湖南等省行政执法人员管理办法，由本地区确认', basis: 'search' },
  organWithPower: {
    source: '参照吉林、安徽等省行政执法证件管理规定（所在单位为执法主体），由本地区确认',
    basis: 'search',
  },
  seconded: { source: '参照山东、四川等地对借调人员的规定，由本地区确认', basis: 'search' },
  failedAssessment: {
    source: '参照山东省行政执法证件管理规定（年度考核不称职），由本地区确认',
    basis: 'search',
  },
  sanctionBars: {
    source: '参照山东省行政执法证件管理规定（记过以上处分期间），由本地区确认',
    basis: 'search',
  },
  sanctionPeriod: { source: '《中华人民共和国公职人员政务处分法》第八条', basis: 'statute' },
  course: { source: '学完规定课程再参加考试，由本地区确认', basis: 'proposal' },
  examGivesQualification: { source: '行政执法“三项制度”试点工作实施方案', basis: 'policy' },
  reapplyBar: { source: '参照吉林、淄博：吊销后两年内不得重新申领；期限见本地区规则', basis: 'search' },
  legalQualificationExempt: {
    source: '参照江苏常州：持有法律职业资格的可以免考，由本地区确认',
    basis: 'search',
  },
  resit: { source: '缓考人员参加下一批次考试，由本地区确认', basis: 'proposal' },
  oneRegistration: { source: '同一时期只在一个批次报名，由本地区确认', basis: 'proposal' },
  ticketPhoto: { source: '准考证载明照片，由本地区确认', basis: 'proposal' },
} as const satisfies Readonly<Record<string, Source>>;
