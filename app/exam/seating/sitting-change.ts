import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import type { SittingStatus } from '../sitting/sitting-list.ts';
import type { SettingsRefusal, SittingSettings } from '../sitting/sitting-settings.ts';
import {
  FOCUS_POLICY_LABELS,
  RESULT_RELEASE_LABELS,
  START_MODE_LABELS,
  checkSettings,
} from '../sitting/sitting-settings.ts';

/** What may be changed without another date: date and networks have pages of their own, place and paper stand. */
export const CHANGEABLE = [
  'checkInFrom',
  'latestEntryAt',
  'hardEndAt',
  'durationSeconds',
  'earliestHandInSeconds',
  'startMode',
  'needsAccessCode',
  'needsDeviceRelease',
  'focusPolicy',
  'focusLimit',
  'resultRelease',
] as const;
export type Changeable = (typeof CHANGEABLE)[number];
export type ChangeableSettings = Pick<SittingSettings, Changeable>;

export const SETTING_LABELS: Readonly<Record<Changeable, string>> = {
  checkInFrom: '签到开始',
  latestEntryAt: '最迟入场',
  hardEndAt: '结束时间',
  durationSeconds: '作答时长',
  earliestHandInSeconds: '最早交卷',
  startMode: '开考方式',
  needsAccessCode: '开考口令',
  needsDeviceRelease: '换机',
  focusPolicy: '离开考试页面',
  focusLimit: '强制交卷次数',
  resultRelease: '成绩发布',
};

/** What a candidate holds in hand or plans by: whoever has a ticket is told when one of these changes. */
const TOLD: readonly Changeable[] = [
  'checkInFrom',
  'latestEntryAt',
  'hardEndAt',
  'durationSeconds',
  'earliestHandInSeconds',
  'startMode',
];

/** One setting, in words: what it was and what it is. */
export interface SettingChange {
  readonly setting: Changeable;
  readonly from: string;
  readonly to: string;
}

const minutes = (seconds: number): string => `${seconds / 60} 分钟`;

/** A setting as people read it. */
export function settingText(settings: ChangeableSettings, setting: Changeable): string {
  switch (setting) {
    case 'checkInFrom':
      return settings.checkInFrom === null ? '开考时' : formatInstant(settings.checkInFrom);
    case 'latestEntryAt':
      return formatInstant(settings.latestEntryAt);
    case 'hardEndAt':
      return formatInstant(settings.hardEndAt);
    case 'durationSeconds':
      return minutes(settings.durationSeconds);
    case 'earliestHandInSeconds':
      return settings.earliestHandInSeconds === 0
        ? '不限'
        : `开始作答 ${minutes(settings.earliestHandInSeconds)}后`;
    case 'startMode':
      return START_MODE_LABELS[settings.startMode];
    case 'needsAccessCode':
      return settings.needsAccessCode ? '须输入' : '不需要';
    case 'needsDeviceRelease':
      return settings.needsDeviceRelease ? '须经监考人员允许' : '不需允许';
    case 'focusPolicy':
      return FOCUS_POLICY_LABELS[settings.focusPolicy];
    case 'focusLimit':
      return settings.focusLimit === null ? '不限' : `${settings.focusLimit} 次`;
    case 'resultRelease':
      return RESULT_RELEASE_LABELS[settings.resultRelease];
  }
}

const valueOf = (settings: ChangeableSettings, setting: Changeable): unknown => {
  const value = settings[setting];
  return value instanceof Date ? value.getTime() : value;
};

/** What differs, in the order of the form. */
export function listChanges(before: ChangeableSettings, after: ChangeableSettings): SettingChange[] {
  return CHANGEABLE.filter((setting) => valueOf(before, setting) !== valueOf(after, setting)).map(
    (setting) => ({
      setting,
      from: settingText(before, setting),
      to: settingText(after, setting),
    }),
  );
}

/** Of these, what candidates are told. */
export const toldChanges = (changes: readonly SettingChange[]): SettingChange[] =>
  changes.filter(({ setting }) => TOLD.includes(setting));

export const changeText = ({ setting, from, to }: SettingChange): string =>
  `${SETTING_LABELS[setting]}由“${from}”改为“${to}”`;

/** How far the sitting has gone. */
export interface SittingProgress {
  readonly status: SittingStatus;
  readonly isSealed: boolean;
  readonly hasStarted: boolean;
  readonly opensAt: Date;
  readonly latestEntryAt: Date;
}

export type SettingsStand = 'SITTING_NOT_OPEN' | 'SITTING_SEALED' | 'SITTING_STARTED' | 'ENTRY_OVER';

/** Why nothing may be changed any more; null while it may. */
export function settingsStand(sitting: SittingProgress, now: Date): SettingsStand | null {
  if (sitting.status !== 'published') return 'SITTING_NOT_OPEN';
  if (sitting.hasStarted) return 'SITTING_STARTED';
  if (sitting.isSealed) return 'SITTING_SEALED';
  return sitting.latestEntryAt <= now ? 'ENTRY_OVER' : null;
}

export type SettingsChangeRefusal =
  | SettingsStand
  | SettingsRefusal
  | 'CHANGED_MEANWHILE'
  | 'SITTING_IN_THE_PAST'
  | 'SITTING_OPENED'
  | 'NOTHING_CHANGED';

/** Whether somebody who has come has less by it than was announced: less time, an earlier end, another way to begin. */
function takesAway(before: ChangeableSettings, after: ChangeableSettings): boolean {
  return (
    after.startMode !== before.startMode ||
    after.durationSeconds < before.durationSeconds ||
    after.latestEntryAt < before.latestEntryAt ||
    after.hardEndAt < before.hardEndAt ||
    after.earliestHandInSeconds > before.earliestHandInSeconds ||
    valueOf(after, 'checkInFrom') !== valueOf(before, 'checkInFrom') ||
    (after.needsAccessCode && !before.needsAccessCode)
  );
}

/**
 * What a change of settings comes to. Refusals: those of `settingsStand`; CHANGED_MEANWHILE; SITTING_IN_THE_PAST (nobody could
 * enter any more); SITTING_OPENED (people sit there, and would have less than was announced); those of `checkSettings`; NOTHING_CHANGED.
 */
export function decideSettingsChange(
  sitting: SittingProgress & { readonly settings: SittingSettings; readonly version: number },
  asked: { readonly settings: ChangeableSettings; readonly expectedVersion: number; readonly now: Date },
): Outcome<SettingChange[], SettingsChangeRefusal> {
  const stands = settingsStand(sitting, asked.now);
  if (stands !== null) return refused(stands);
  if (sitting.version !== asked.expectedVersion) return refused('CHANGED_MEANWHILE');
  if (asked.settings.latestEntryAt <= asked.now) return refused('SITTING_IN_THE_PAST');
  const checked = checkSettings({ ...sitting.settings, ...asked.settings });
  if (!checked.ok) return checked;
  if (sitting.opensAt <= asked.now && takesAway(sitting.settings, asked.settings))
    return refused('SITTING_OPENED');
  const changes = listChanges(sitting.settings, asked.settings);
  return changes.length === 0 ? refused('NOTHING_CHANGED') : done(changes);
}
