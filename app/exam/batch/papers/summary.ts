import type { PaperData } from '#app/office/document/paper.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';

/** What the summary counts of one registration. */
export interface CountedRegistration {
  readonly unitId: string;
  readonly unitName: string;
  readonly status: RegistrationStatus;
  readonly route: 'regular' | 'late';
}

export interface UnitSummary {
  readonly unitName: string;
  /** Registered in all, late ones included, withdrawn ones not. */
  readonly registered: number;
  readonly late: number;
  readonly approved: number;
  readonly refused: number;
  readonly deferred: number;
  readonly exempt: number;
  readonly withdrawn: number;
  /** Not decided yet; what was returned waits for the unit. */
  readonly waiting: number;
}

/** 报名汇总 by unit, in the order in which units first appear. */
export function summariseByUnit(registrations: readonly CountedRegistration[]): UnitSummary[] {
  const byUnit = new Map<string, CountedRegistration[]>();
  for (const one of registrations) byUnit.set(one.unitId, [...(byUnit.get(one.unitId) ?? []), one]);
  return [...byUnit.values()].map((own) => {
    const count = (...statuses: RegistrationStatus[]): number =>
      own.filter(({ status }) => statuses.includes(status)).length;
    const withdrawn = count('withdrawn');
    return {
      unitName: own[0]?.unitName ?? '',
      registered: own.length - withdrawn,
      late: own.filter(({ route, status }) => route === 'late' && status !== 'withdrawn').length,
      approved: count('approved'),
      refused: count('refused'),
      deferred: count('deferred'),
      exempt: count('exempt'),
      withdrawn,
      waiting: count('registered', 'first_checked', 'returned'),
    };
  });
}

/** The 报名汇总表 as its paper wants it. */
export function summaryData(facts: {
  readonly title: string;
  readonly regionName: string;
  readonly office: string;
  readonly units: readonly UnitSummary[];
}): PaperData {
  const { title, regionName, office, units } = facts;
  const sum = (of: (unit: UnitSummary) => number): string =>
    String(units.reduce((total, unit) => total + of(unit), 0));
  return {
    values: {
      考试批次: title,
      地区: regionName,
      组织单位: office,
      单位总数: String(units.length),
      报名总数: sum((unit) => unit.registered),
      通过总数: sum((unit) => unit.approved),
    },
    rows: {
      单位: units.map((unit) => ({
        单位名称: unit.unitName,
        报名: String(unit.registered),
        补报: String(unit.late),
        审核通过: String(unit.approved),
        未通过: String(unit.refused),
        缓考: String(unit.deferred),
        免考: String(unit.exempt),
        撤报: String(unit.withdrawn),
        待审核: String(unit.waiting),
      })),
    },
  };
}
