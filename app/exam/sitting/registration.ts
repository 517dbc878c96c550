/**
 * 报名: registered by the unit, first checked by the 司法所 in townships, approved, returned or refused by the bureau,
 * withdrawn by whoever registered; deferred (缓考) to the next batch or exempt (免考) by decision (domain.md §5.5).
 */
export const REGISTRATION_STATUSES = [
  'registered',
  'first_checked',
  'approved',
  'returned',
  'refused',
  'withdrawn',
  'deferred',
  'exempt',
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/**
 * first_check: 司法所 · the bureau approves, returns, refuses, grants 缓考 or 免考, revokes a 免考, reopens · the unit does the
 * rest.
 */
export const REGISTRATION_ACTS = [
  'first_check',
  'approve',
  'return',
  'refuse',
  'defer',
  'exempt',
  'reopen',
  'revoke',
  'register_again',
  'withdraw',
] as const;
export type RegistrationAct = (typeof REGISTRATION_ACTS)[number];

const DECIDED = { defer: 'deferred', exempt: 'exempt', refuse: 'refused', return: 'returned' } as const;
const WITHDRAWN = { withdraw: 'withdrawn' } as const;

const TRANSITIONS: Readonly<
  Record<RegistrationStatus, Partial<Record<RegistrationAct, RegistrationStatus>>>
> = {
  registered: { first_check: 'first_checked', approve: 'approved', ...DECIDED, ...WITHDRAWN },
  first_checked: { approve: 'approved', ...DECIDED, ...WITHDRAWN },
  approved: { ...DECIDED, ...WITHDRAWN },
  returned: { register_again: 'registered', ...WITHDRAWN },
  refused: { reopen: 'registered' },
  withdrawn: { register_again: 'registered' },
  deferred: { reopen: 'registered' },
  exempt: { reopen: 'registered', revoke: 'refused' },
};

/** The status after an act; null when the act is not possible from here. */
export function afterAct(status: RegistrationStatus, act: RegistrationAct): RegistrationStatus | null {
  return TRANSITIONS[status][act] ?? null;
}

export const REGISTRATION_LABELS: Readonly<Record<RegistrationStatus, string>> = {
  registered: '待审核',
  first_checked: '初审通过',
  approved: '已通过',
  returned: '已退回',
  refused: '未通过',
  withdrawn: '已撤报',
  deferred: '缓考',
  exempt: '免考',
};

/** Digits at the end of a ticket number. */
export const SERIAL_DIGITS = 5;

/**
 * 准考证号: year, region code, number of the sitting within region and year, serial (domain.md §5.5, proposal).
 * @param sittingNo from 1  @param serial from 1
 */
export function ticketNo(year: number, regionCode: string, sittingNo: number, serial: number): string {
  const sitting = String(sittingNo).padStart(2, '0');
  return `${year}${regionCode}${sitting}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
}
