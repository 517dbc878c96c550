import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { parseIpRange } from '../seating/ip-range.ts';

export const PLACE_MODES = ['rooms', 'remote'] as const;
export type PlaceMode = (typeof PLACE_MODES)[number];
export const PLACE_MODE_LABELS: Readonly<Record<PlaceMode, string>> = {
  rooms: '集中考试（编排考场座位）',
  remote: '远程考试（不设考场）',
};

export const START_MODES = ['bell', 'own'] as const;
export type StartMode = (typeof START_MODES)[number];
export const START_MODE_LABELS: Readonly<Record<StartMode, string>> = {
  bell: '统一开考（从开考时间起计时）',
  own: '自行开始（从本人开始时起计时）',
};

/** What leaving the exam page leads to (domain.md §5.5: 提示 / N次后强制交卷 / 立即交卷). */
export const FOCUS_POLICIES = ['note', 'hand_in_after', 'hand_in_at_once'] as const;
export type FocusPolicy = (typeof FOCUS_POLICIES)[number];
export const FOCUS_POLICY_LABELS: Readonly<Record<FocusPolicy, string>> = {
  note: '只记录、只提示',
  hand_in_after: '超过规定次数后强制交卷',
  hand_in_at_once: '离开页面立即交卷',
};

export const RESULT_RELEASES = ['at_once', 'by_bureau'] as const;
export type ResultRelease = (typeof RESULT_RELEASES)[number];
export const RESULT_RELEASE_LABELS: Readonly<Record<ResultRelease, string>> = {
  at_once: '交卷后立即可见',
  by_bureau: '由司法局统一发布',
};

export interface SittingSettings {
  readonly opensAt: Date;
  readonly latestEntryAt: Date;
  readonly hardEndAt: Date;
  readonly durationSeconds: number;
  readonly earliestHandInSeconds: number;
  readonly startMode: StartMode;
  readonly placeMode: PlaceMode;
  /** 签到 from this instant; null: from the opening. */
  readonly checkInFrom: Date | null;
  readonly needsAccessCode: boolean;
  readonly needsDeviceRelease: boolean;
  readonly ipRanges: readonly string[];
  readonly focusPolicy: FocusPolicy;
  readonly focusLimit: number | null;
  readonly resultRelease: ResultRelease;
}

export type SettingsRefusal =
  | 'TIMES_NOT_IN_ORDER'
  | 'CHECK_IN_AFTER_OPENING'
  | 'DURATION_BEYOND_END'
  | 'BELL_ENDS_BEFORE_ENTRY'
  | 'HAND_IN_BEYOND_DURATION'
  | 'FOCUS_LIMIT_MISSING'
  | 'IP_RANGE_UNREADABLE'
  | 'CODE_NEEDS_ROOMS';

/**
 * Whether the settings of a sitting agree with each other. Refusals: TIMES_NOT_IN_ORDER (unless opening < latest entry ≤
 * hard end); CHECK_IN_AFTER_OPENING; DURATION_BEYOND_END (the whole time does not fit between opening and hard end);
 * BELL_ENDS_BEFORE_ENTRY (everybody's time is over while people may still enter); HAND_IN_BEYOND_DURATION; FOCUS_LIMIT_MISSING; IP_RANGE_UNREADABLE (names it); CODE_NEEDS_ROOMS (the 开考口令 is a room's).
 */
export function checkSettings(settings: SittingSettings): Outcome<null, SettingsRefusal> {
  const { opensAt, latestEntryAt, hardEndAt, durationSeconds, checkInFrom, ipRanges } = settings;
  if (opensAt >= latestEntryAt || latestEntryAt > hardEndAt) return refused('TIMES_NOT_IN_ORDER');
  if (checkInFrom !== null && checkInFrom > opensAt) return refused('CHECK_IN_AFTER_OPENING');
  if (opensAt.getTime() + durationSeconds * 1000 > hardEndAt.getTime()) return refused('DURATION_BEYOND_END');
  const bellEndsAt = opensAt.getTime() + durationSeconds * 1000;
  if (settings.startMode === 'bell' && latestEntryAt.getTime() >= bellEndsAt)
    return refused('BELL_ENDS_BEFORE_ENTRY');
  if (settings.earliestHandInSeconds > durationSeconds) return refused('HAND_IN_BEYOND_DURATION');
  if (settings.focusPolicy === 'hand_in_after' && settings.focusLimit === null)
    return refused('FOCUS_LIMIT_MISSING');
  const unreadable = ipRanges.find((range) => parseIpRange(range) === null);
  if (unreadable !== undefined) return refused('IP_RANGE_UNREADABLE', { range: unreadable });
  return settings.needsAccessCode && settings.placeMode === 'remote'
    ? refused('CODE_NEEDS_ROOMS')
    : done(null);
}
