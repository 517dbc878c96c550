import type { SubmissionResult } from '@conform-to/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS, answerFor } from '#app/platform/http/answer.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { settingsFormSchema } from '../batch/batch.schema.ts';
import { BATCH_REFUSALS } from '../batch/refusals.ts';
import type { ChangeSettingsRefusal } from './change-settings.server.ts';
import { changeSettings } from './change-settings.server.ts';
import { SEATING_REFUSALS } from './refusals.ts';
import { findSettings } from './settings.store.server.ts';
import type { ChangeableSettings, SettingChange } from './sitting-change.ts';
import { listChanges } from './sitting-change.ts';

export const SETTINGS_REFUSALS: RefusalTexts<ChangeSettingsRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  CHANGED_MEANWHILE: {
    status: 409,
    text: '您填写期间，本场设置已由他人修改，本次没有保存。您填写的内容仍在表中，请核对后再保存。',
  },
  SITTING_NOT_OPEN: SEATING_REFUSALS.SITTING_NOT_OPEN,
  SITTING_STARTED: { status: 409, text: '本场已有考生签到候考或开始作答，不能再修改设置。' },
  SITTING_SEALED: {
    status: 409,
    text: '试卷已封存：封存的试卷、发到考场机器的密件和纸质备用卷都按封存时的设置制作，不能再修改。推迟考试请办理改期；个别考生需要加时的，由监考人员当场办理。',
  },
  ENTRY_OVER: { status: 409, text: '本场最迟入场时间已过，不能再修改设置；需要重新组织的，请办理改期。' },
  SITTING_IN_THE_PAST: BATCH_REFUSALS.SITTING_IN_THE_PAST,
  SITTING_OPENED: {
    status: 409,
    text: '已到开考时间，考生可能已经到场：只能推迟最迟入场和结束时间、延长作答时长、提前最早交卷时间、取消开考口令，不能改得更紧，也不能改开考方式和签到时间。',
  },
  BELL_ENDS_BEFORE_ENTRY: BATCH_REFUSALS.BELL_ENDS_BEFORE_ENTRY,
  NOTHING_CHANGED: { status: 422, text: '没有改动任何设置。' },
  TIMES_NOT_IN_ORDER: BATCH_REFUSALS.TIMES_NOT_IN_ORDER,
  CHECK_IN_AFTER_OPENING: BATCH_REFUSALS.CHECK_IN_AFTER_OPENING,
  DURATION_BEYOND_END: BATCH_REFUSALS.DURATION_BEYOND_END,
  HAND_IN_BEYOND_DURATION: BATCH_REFUSALS.HAND_IN_BEYOND_DURATION,
  FOCUS_LIMIT_MISSING: BATCH_REFUSALS.FOCUS_LIMIT_MISSING,
  IP_RANGE_UNREADABLE: BATCH_REFUSALS.IP_RANGE_UNREADABLE,
  CODE_NEEDS_ROOMS: BATCH_REFUSALS.CODE_NEEDS_ROOMS,
};

export interface SettingsRefused {
  readonly lastResult: SubmissionResult<string[]>;
  readonly refusal: string | null;
  readonly status: number;
  /** With which the form goes on: the one it was filled in with or, where somebody else was first, the one now shown. */
  readonly version: number | null;
  /** Where somebody else was first: what stands now against what was typed. */
  readonly meanwhile: readonly SettingChange[];
}

/** The post of the settings page; null when it is saved. */
export async function actOnSettings(
  ctx: ActorCtx,
  sittingId: string,
  form: FormData,
): Promise<SettingsRefused | null> {
  const submission = parseForm(form, settingsFormSchema);
  const seen = Number(form.get('expectedVersion'));
  const version = Number.isInteger(seen) ? seen : null;
  const again = { lastResult: submission.reply(), refusal: null, status: 422, version, meanwhile: [] };
  if (submission.status !== 'success') return again;
  const { commandId, expectedVersion, reason, durationMinutes, earliestHandInMinutes, ...typed } =
    submission.value;
  const settings: ChangeableSettings = {
    ...typed,
    durationSeconds: durationMinutes * 60,
    earliestHandInSeconds: earliestHandInMinutes * 60,
    checkInFrom: typed.checkInFrom ?? null,
    focusLimit: typed.focusPolicy === 'hand_in_after' ? (typed.focusLimit ?? null) : null,
  };
  const outcome = await changeSettings(ctx, { sittingId, settings, reason, expectedVersion, commandId });
  if (outcome.ok) return null;
  const { text, status } = answerFor(outcome, SETTINGS_REFUSALS);
  const refusal = { ...again, refusal: text, status };
  if (outcome.code !== 'CHANGED_MEANWHILE') return refusal;
  const stored = await findSettings(ctx.db, sittingId);
  if (stored === null) return refusal;
  return { ...refusal, version: stored.version, meanwhile: listChanges(stored.settings, settings) };
}
