import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SittingSettings } from '../sitting/sitting-settings.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { findSettings } from './settings.store.server.ts';
import type { JournalLine } from './sitting-journal.server.ts';
import { listJournal } from './sitting-journal.server.ts';
import type { SettingsStand } from './sitting-change.ts';
import { CHANGEABLE, changeText, settingsStand } from './sitting-change.ts';

const changeDetail = z.object({
  changes: z.array(z.object({ setting: z.enum(CHANGEABLE), from: z.string(), to: z.string() })),
});

/** One act of the journal. */
export interface SettingsChangeLine extends Omit<JournalLine<unknown>, 'detail'> {
  readonly changes: readonly string[];
}

export interface SettingsPage {
  readonly sitting: SeatingSitting;
  readonly settings: SittingSettings;
  readonly version: number;
  /** Why nothing may be changed any more; null while it may. */
  readonly stands: SettingsStand | null;
  readonly ticketCount: number;
  /** The latest first. */
  readonly journal: readonly SettingsChangeLine[];
  readonly commandId: string;
}

/** What a sitting is held by, and who changed it. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewSettings(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<SettingsPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const stored = await findSettings(ctx.db, sitting.id);
  if (stored === null) return refused('NOT_FOUND');
  const journal = await listJournal(ctx, sitting.id, 'settings_changed', changeDetail);
  return done({
    sitting,
    settings: stored.settings,
    version: stored.version,
    stands: settingsStand(stored, ctx.clock.now()),
    ticketCount: await ctx.db.examRegistration.count({
      where: { sittingId: sitting.id, status: 'approved' },
    }),
    journal: journal.map(({ detail, ...line }) => ({ ...line, changes: detail.changes.map(changeText) })),
    commandId: newId(),
  });
}
