import { z } from 'zod';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import { SITTING_STATUSES } from '../sitting/sitting-list.ts';
import { FOCUS_POLICIES, PLACE_MODES, RESULT_RELEASES, START_MODES } from '../sitting/sitting-settings.ts';
import type { SittingProgress } from './sitting-change.ts';
import type { SittingSettings } from '../sitting/sitting-settings.ts';

const settingsRow = z.object({
  id: z.string(),
  status: z.enum(SITTING_STATUSES),
  version: z.number(),
  isSealed: z.boolean(),
  hasStarted: z.boolean(),
  opensAt: z.date(),
  latestEntryAt: z.date(),
  hardEndAt: z.date(),
  durationSeconds: z.number(),
  earliestHandInSeconds: z.number(),
  startMode: z.enum(START_MODES),
  placeMode: z.enum(PLACE_MODES),
  checkInFrom: z.date().nullable(),
  needsAccessCode: z.boolean(),
  needsDeviceRelease: z.boolean(),
  ipRanges: z.array(z.string()),
  focusPolicy: z.enum(FOCUS_POLICIES),
  focusLimit: z.number().nullable(),
  resultRelease: z.enum(RESULT_RELEASES),
});

export interface StoredSettings extends SittingProgress {
  readonly version: number;
  readonly settings: SittingSettings;
}

/** The settings of a sitting and how far it has gone; null when there is none. Void attempts are none. */
export async function findSettings(reader: Db | Tx, sittingId: string): Promise<StoredSettings | null> {
  const rows = await reader.$queryRaw`
    select s.id::text, s.status, s.version, s.opens_at as "opensAt", s.latest_entry_at as "latestEntryAt",
      s.hard_end_at as "hardEndAt", s.duration_seconds as "durationSeconds",
      s.earliest_hand_in_seconds as "earliestHandInSeconds", s.start_mode as "startMode", s.place_mode as "placeMode",
      s.check_in_from as "checkInFrom", s.needs_access_code as "needsAccessCode",
      s.needs_device_release as "needsDeviceRelease", s.ip_ranges as "ipRanges", s.focus_policy as "focusPolicy",
      s.focus_limit as "focusLimit", s.result_release as "resultRelease",
      exists (select from exam_seal e where e.sitting_id = s.id) as "isSealed",
      exists (select from attempt a join exam_registration r on r.id = a.registration_id
        where r.sitting_id = s.id and a.state <> 'void') as "hasStarted"
    from exam_sitting s where s.id = ${sittingId}::uuid`;
  const row = z.array(settingsRow).parse(rows)[0];
  if (row === undefined) return null;
  const { id: _, status, version, isSealed, hasStarted, ...settings } = row;
  const { opensAt, latestEntryAt } = settings;
  return { status, version, isSealed, hasStarted, opensAt, latestEntryAt, settings };
}
