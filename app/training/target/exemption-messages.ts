import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { formatDays } from '#app/platform/time/day.ts';
import type { AskedExemption, ExemptionState } from './exemption.ts';
import { EFFECT_LABELS, REASON_LABELS } from './exemption.ts';

export const EXEMPTION_TASK = 'exemption.approve';
export const exemptionPath = (requestId: string): string => `/coordinate/exemptions/${requestId}`;

/** 「核减 3 个月（产假，2026年3月1日至2026年5月31日）」 */
export function exemptionWords(
  asked: Pick<AskedExemption, 'effect' | 'reason' | 'fromDay' | 'toDay' | 'months'>,
): string {
  const what =
    asked.effect === 'exempt' ? EFFECT_LABELS.exempt : `${EFFECT_LABELS.reduce} ${asked.months} 个月`;
  return `${what}（${REASON_LABELS[asked.reason]}，${formatDays(asked.fromDay, asked.toDay)}）`;
}

interface Told extends Pick<AskedExemption, 'year' | 'effect' | 'reason' | 'fromDay' | 'toDay' | 'months'> {
  readonly requestId: string;
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
}

/** Asks for the second person: the leader where the region lets the unit decide, else the bureau. */
export function approveTask(
  told: Told,
  approver: { readonly role: 'unit_leader' | 'justice_bureau'; readonly regionId: string },
): NewTask {
  const isLeader = approver.role === 'unit_leader';
  return {
    kind: EXEMPTION_TASK,
    key: told.requestId,
    title: `批准${EFFECT_LABELS[told.effect]}：${told.personName}`.slice(0, 60),
    proposal: `${told.year}年${exemptionWords(told)}`.slice(0, 300),
    origin: {
      kind: 'exemption_request',
      id: told.requestId,
      label: `${told.personName}${told.year}年${EFFECT_LABELS[told.effect]}`,
    },
    path: exemptionPath(told.requestId),
    dueDay: null,
    assignee: {
      role: approver.role,
      unitId: isLeader ? told.unitId : null,
      regionId: isLeader ? null : approver.regionId,
    },
  };
}

const ANSWER_WORDS = { approved: '已批准', declined: '未批准', ended: '已撤销' } as const;

/** What the person and the liaison read about the answer; nothing when the unit took its own request back. */
export function answeredNotice(told: Told, state: ExemptionState, note: string | null): NewNotice[] {
  if (state === 'filed' || state === 'withdrawn') return [];
  const words = `${told.year}年${exemptionWords(told)}${ANSWER_WORDS[state]}`;
  const why = note === null ? '' : `\n理由：${note}`;
  const common = {
    kind: 'exemption.answered' as const,
    title: `${EFFECT_LABELS[told.effect]}${ANSWER_WORDS[state]}`,
  };
  return [
    {
      ...common,
      key: `${told.requestId}:${state}:person`,
      body: `您的${words}。${why}\n年度目标的变化请在“学时”中查看。`,
      path: `/hours?year=${told.year}`,
      to: [{ personIds: [told.personId] }],
    },
    {
      ...common,
      key: `${told.requestId}:${state}:unit`,
      body: `${told.personName}的${words}。${why}`,
      path: exemptionPath(told.requestId),
      to: [{ role: 'unit_liaison', unitIds: [told.unitId] }],
    },
  ];
}
