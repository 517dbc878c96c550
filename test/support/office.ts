import { unzipSync } from 'fflate';
import type { ServedZip } from '#app/office/document/batch-view.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { HourEntry } from '#app/training/ledger/entry.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { secondOf } from '#app/training/ledger/interval.ts';
import { enrolPeople } from '#app/training/session/change-roster.server.ts';
import { closeTrainingSession } from '#app/training/session/close-session.server.ts';
import type { MarkOrder } from '#app/training/session/mark-attendance.server.ts';
import { markAttendance } from '#app/training/session/mark-attendance.server.ts';
import { scheduleSession } from '#app/training/session/schedule-session.server.ts';
import { findSession } from '#app/training/session/session.store.server.ts';
import type { TestWorld } from './database.ts';
import { aPerson, aRegion, aUnit, anActor } from './world.ts';

/** An office that holds classes on one day: builders and steps for tests of sessions and the ledger. */

export const MORNING_START = '2026-11-23T01:00:00.000Z';
export const EVENING = '2026-11-23T10:00:00.000Z';
const at = (text: string): number => secondOf(new Date(`${text}+08:00`));
export const MORNING = { from: at('2026-11-23T09:00'), to: at('2026-11-23T11:30') };
export const AFTERNOON = { from: at('2026-11-23T14:00'), to: at('2026-11-23T16:30') };

/** The value of an outcome that must be one. */
export function value<T>(outcome: { ok: true; value: T } | { ok: false; code: string }): T {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** The files of a zip that is made while it is sent. */
export async function unzipped(zip: ServedZip): Promise<Record<string, Uint8Array>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip.pieces) pieces.push(piece);
  return unzipSync(new Uint8Array(Buffer.concat(pieces)));
}

export interface Office {
  readonly regionId: string;
  readonly unitId: string;
  readonly liaison: ActorCtx;
  readonly leader: ActorCtx;
  readonly personIds: string[];
}

/** The steps of a class in one test's world. */
export function classSteps(world: TestWorld) {
  /** An office with a liaison, a leader and people; the clock stands before the class. */
  async function anOffice(people = 2) {
    world.clock.set(MORNING_START);
    const { ctx } = world;
    const regionId = await aRegion(ctx);
    const unitId = await aUnit(ctx, { regionId });
    const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
    const leader = await anActor(ctx, { grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }] });
    const personIds: string[] = [];
    for (let n = 0; n < people; n += 1) personIds.push(await aPerson(ctx, { unitId, name: `张某${n}` }));
    forgetTree(ctx);
    return { regionId, unitId, liaison, leader, personIds };
  }

  async function aClass(
    office: Office,
    over: { statedHundredths?: number; capacity?: number } = {},
  ): Promise<string> {
    const scheduled = await scheduleSession(office.liaison, {
      unitId: office.unitId,
      title: '行政处罚法轮训',
      category: 'public_law',
      form: 'class',
      place: '一楼会议室',
      lecturer: '李某',
      capacity: over.capacity ?? 50,
      statedHundredths: over.statedHundredths ?? null,
      blocks: [AFTERNOON, MORNING],
      commandId: newId(),
    });
    return value(scheduled).sessionId;
  }

  const enrol = (office: Office, sessionId: string, personIds = office.personIds, actor = office.liaison) =>
    enrolPeople(actor, { sessionId, chosen: { kind: 'people', personIds }, commandId: newId() });

  const mark = (actor: ActorCtx, sessionId: string, order: MarkOrder) =>
    markAttendance(actor, { sessionId, order, commandId: newId() });

  async function allPresent(office: Office, sessionId: string): Promise<void> {
    world.clock.set(EVENING);
    const session = await findSession(world.ctx.pool, sessionId);
    const blockIds = session?.blocks.map((block) => block.id) ?? [];
    value(await mark(office.liaison, sessionId, { kind: 'others_present', blockIds }));
  }

  const versionOf = async (sessionId: string): Promise<number> =>
    (await findSession(world.ctx.pool, sessionId))?.version ?? 0;

  const close = async (actor: ActorCtx, sessionId: string, commandId = newId()) =>
    closeTrainingSession(actor, { sessionId, expectedVersion: await versionOf(sessionId), commandId });

  const entriesOf = (personId: string | undefined): Promise<HourEntry[]> =>
    listEntriesOfYear(world.ctx.pool, personId ?? '', 2026);

  const sumOf = async (personId: string | undefined): Promise<number> =>
    (await entriesOf(personId)).reduce((sum, entry) => sum + entry.creditSeconds, 0);

  return { anOffice, aClass, enrol, mark, allPresent, versionOf, close, entriesOf, sumOf };
}
