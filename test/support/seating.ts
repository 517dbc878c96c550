import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { saveRoom } from '#app/exam/seating/save-room.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { makeIdNumber } from './id-number.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { aRegion, aUnit, anActor } from './world.ts';

const MINUTE_MS = 60_000;
let serial = 500_000;

/** A bureau of a region of its own. */
export async function aBureau(ctx: Ctx): Promise<{ bureau: ActorCtx; regionId: string }> {
  const regionId = await aRegion(ctx);
  const bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
  });
  forgetTree(ctx);
  return { bureau, regionId };
}

export interface BatchSitting {
  readonly sittingId: string;
  readonly batchId: string;
  readonly opensAt: Date;
  readonly checkInFrom: Date;
  readonly hardEndAt: Date;
  /** Fields of a room for `saveRoom`. */
  readonly room: { name: string; place: string; rows: number; columns: number; ipRanges: string };
  /** Registers and approves somebody in the batch; @returns the registration */
  register(who: { personId: string; unitId: string }): Promise<string>;
}

/** A batch with one sitting in rooms: it opened a minute ago and ends in two hours. */
export async function aBatchSitting(
  ctx: Ctx,
  options: { bureau: ActorCtx; regionId: string; needsAccessCode?: boolean },
): Promise<BatchSitting> {
  const now = ctx.clock.now();
  const { regionId, bureau, needsAccessCode = true } = options;
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
  const batchId = newId<'ExamBatch'>();
  const known = await ctx.db.examBatch.count({ where: { regionId } });
  await ctx.db.examBatch.create({
    data: {
      id: batchId,
      regionId,
      year: now.getUTCFullYear(),
      no: known + 1,
      title: `第${known + 1}批`,
      blueprintCode: 'P1',
      registerFrom: at(-3000),
      registerUntil: at(-2000),
      withdrawUntil: at(-1000),
      status: 'closed',
      createdBy: bureau.actorId,
      createdAt: at(-4000),
    },
  });
  const [opensAt, checkInFrom, hardEndAt] = [at(-1), at(-31), at(120)];
  const created = await createSitting(ctx, {
    title: `资格考试（第${known + 1}批）`,
    blueprintCode: 'P1',
    regionId,
    opensAt,
    latestEntryAt: at(30),
    hardEndAt,
    graceSeconds: 30,
    earliestHandInSeconds: 0,
    startMode: 'own',
    preconditionCourse: null,
    attemptLimit: 1,
  });
  if (!created.ok) throw new Error(created.code);
  const { sittingId } = created.value;
  await ctx.db.examSitting.update({
    where: { id: sittingId },
    data: { batchId, placeMode: 'rooms', checkInFrom, needsAccessCode },
  });
  return {
    sittingId,
    batchId,
    opensAt,
    checkInFrom,
    hardEndAt,
    room: { name: '第1考场', place: '三楼机房', rows: 5, columns: 6, ipRanges: '' },
    register: async ({ personId, unitId }) => {
      const id = newId<'ExamRegistration'>();
      await ctx.db.examRegistration.create({
        data: { id, batchId, personId, unitId, status: 'approved', registeredAt: now },
      });
      return id;
    },
  };
}

export interface SeatedPerson {
  readonly personId: string;
  readonly unitId: string;
  readonly registrationId: string;
  readonly idNumber: string;
  readonly ticketNo: string;
}

export interface SeatedHall extends BatchSitting {
  readonly bureau: ActorCtx;
  readonly regionId: string;
  readonly people: readonly SeatedPerson[];
}

/** People without accounts whose ID numbers the test knows, in bulk. */
export async function somePeople(
  ctx: Ctx,
  unitIds: readonly string[],
  count: number,
): Promise<{ personId: string; unitId: string; idNumber: string }[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    personId: newId<'Person'>() as string,
    unitId: unitIds[index % unitIds.length] ?? '',
    idNumber: makeIdNumber((serial += 1)),
  }));
  await ctx.db.person.createMany({
    data: people.map(({ personId, idNumber }, index) => ({
      id: personId,
      name: `考生${index + 1}`,
      namePinyin: 'kaosheng',
      nameInitials: 'ks',
      sex: 'female',
      idNumberHash: new Uint8Array(ctx.secrets.lookupHash('id_number_lookup', idNumber)),
      idNumberMasked: `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`,
    })),
  });
  return people;
}

/** A hall whose people sit: one room, three units, everybody with a ticket. */
export async function aSeatedHall(
  ctx: Ctx,
  options: {
    people?: number;
    rows?: number;
    columns?: number;
    ipRanges?: string;
    needsAccessCode?: boolean;
  },
): Promise<SeatedHall> {
  const { bureau, regionId } = await aBureau(ctx);
  const units = [
    await aUnit(ctx, { regionId }),
    await aUnit(ctx, { regionId }),
    await aUnit(ctx, { regionId }),
  ];
  forgetTree(ctx);
  const sitting = await aBatchSitting(ctx, {
    bureau,
    regionId,
    needsAccessCode: options.needsAccessCode ?? true,
  });
  const known = await somePeople(ctx, units, options.people ?? 3);
  await ctx.db.examRegistration.createMany({
    data: known.map(({ personId, unitId }) => ({
      id: newId<'ExamRegistration'>(),
      batchId: sitting.batchId,
      personId,
      unitId,
      status: 'approved',
      registeredAt: ctx.clock.now(),
    })),
  });
  const { ipRanges = '', rows = 5, columns = 6 } = options;
  const saved = await saveRoom(bureau, {
    ...sitting.room,
    ipRanges,
    rows,
    columns,
    sittingId: sitting.sittingId,
    commandId: newId(),
  });
  if (!saved.ok) throw new Error(saved.code);
  const laidOut = await layOut(bureau, { sittingId: sitting.sittingId, commandId: newId() });
  if (!laidOut.ok) throw new Error(laidOut.code);
  const rowsOf = await ctx.db.examRegistration.findMany({ where: { sittingId: sitting.sittingId } });
  const byPerson = new Map(rowsOf.map((row) => [row.personId, row]));
  const people = known.map((one) => {
    const row = byPerson.get(one.personId);
    return { ...one, registrationId: row?.id ?? '', ticketNo: row?.ticketNo ?? '' };
  });
  return { ...sitting, bureau, regionId, people };
}

/** The bureau decides about one registration of the hall, with a reason. */
export async function decide(
  ctx: Pick<Ctx, 'db'>,
  hall: SeatedHall,
  registrationId: string,
  decision: 'defer' | 'return' | 'reopen',
): Promise<void> {
  const { version } = await ctx.db.examRegistration.findUniqueOrThrow({ where: { id: registrationId } });
  const outcome = await decideRegistration(hall.bureau, {
    ...{ registrationId, decision, note: '因病', expectedVersion: version, commandId: newId() },
  });
  if (!outcome.ok) throw new Error(outcome.code);
}

/** A paper sealed for a registration; its content is nobody's business here. @returns its id */
export async function aSealedPaper(ctx: Pick<Ctx, 'db' | 'clock'>, registrationId: string): Promise<string> {
  const id = newId<'Paper'>();
  await ctx.db.paper.create({
    data: {
      ...{ id, registrationId, attemptNo: 1, seed: 's', content: { items: [] }, itemCount: 1 },
      ...{ contentHash: '0'.repeat(64), fullMarkHundredths: 10_000, passMarkHundredths: 6_000 },
      frozenAt: ctx.clock.now(),
    },
  });
  return id;
}

/** Somebody of the hall has begun to answer; with a ground the attempt was made void since. */
export async function anAttempt(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  hall: SeatedHall,
  { registrationId }: Pick<SeatedPerson, 'registrationId'>,
  voidGround: 'misconduct' | 'disturbance' | null = null,
): Promise<void> {
  const paperId = await aSealedPaper(ctx, registrationId);
  const startedAt = ctx.clock.now();
  const standing =
    voidGround === null ? { state: 'in_progress' } : { state: 'void', voidGround, finalisedAt: startedAt };
  await ctx.db.attempt.create({
    data: {
      ...{ id: newId(), registrationId, paperId, accountId: hall.bureau.actorId, attemptNo: 1, itemCount: 1 },
      ...{ ...standing, startedAt, deadlineAt: hall.hardEndAt, closeAt: hall.hardEndAt },
      ...{ deviceEpoch: 1, deviceKeyHash: new Uint8Array(32) },
    },
  });
}
