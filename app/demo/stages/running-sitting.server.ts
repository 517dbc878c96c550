import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import type { Act, Reason } from '#app/exam/invigilation/act.ts';
import { actOnCandidates } from '#app/exam/invigilation/act-on-candidates.server.ts';
import type { Target } from '#app/exam/invigilation/act-target.ts';
import { recordIncident } from '#app/exam/invigilation/record-incident.server.ts';
import { proposeVoid } from '#app/exam/invigilation/void-attempt.server.ts';
import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { hasExamPorts } from '#app/exam/ports.server.ts';
import { noteContact } from '#app/exam/sitting/contact.store.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { saveAnswers } from '#app/exam/sitting/save-answers.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { takeSignals } from '#app/exam/sitting/evidence/take-signals.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { fixedClock } from '#app/platform/time/clock.ts';
import { demoId } from '../demo-id.server.ts';
import { candidateLogin, setStage } from '../plan/cast.ts';
import type { RoomStory, SeatStory } from '../plan/running-sitting.ts';
import { RUNNING_ROOMS, RUNNING_SEATS } from '../plan/running-sitting.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';

const TITLE = '行政执法资格考试（演示考场，正在进行）';
const MINUTE_MS = 60_000;
const OPENED_AGO = 40;
const ENTRY_LEFT_MINUTES = 60;
/** Long enough that whoever looks on the first day finds people at work; afterwards it ends as any exam does. */
const DURATION_MINUTES = 24 * 60;
/** What happens to single candidates happens in these last minutes. */
const TURNS_BEGIN_AGO = 13;
/** Nobody sits behind these pages: their sign of life is dated ahead, so that the board shows the two silent ones. */
const ALIVE_FOR_MS = 30 * 365 * 24 * 60 * MINUTE_MS;
const POWER: Reason = { code: 'network_failure', note: '四楼交换机故障' };

interface Stage {
  readonly run: SeedRun;
  readonly ids: PersonIds;
  readonly sittingId: string;
  readonly openedAt: number;
}

interface Seat {
  readonly login: string;
  readonly registrationId: string;
  readonly story: SeatStory;
}

const commandOf = (label: string): string => demoId(`command:running:${label}`);

function must<T>(outcome: Outcome<T>, what: string): T {
  invariant(outcome.ok, `${what}: ${outcome.ok ? '' : outcome.code}`);
  return outcome.value;
}

/** An account at work so many minutes before the seed. */
async function actorAgo({ run, openedAt }: Stage, login: string, minutesAgo: number): Promise<ActorCtx> {
  const clock = fixedClock(new Date(openedAt + (OPENED_AGO - minutesAgo) * MINUTE_MS));
  const ctx = { ...run.ctx, clock, actorId: accountId(login), requestId: `demo:${login}` };
  const actor = await loadActor(ctx, accountId(login));
  invariant(actor !== null, `the account ${login} was made before`);
  return { ...ctx, actor };
}

async function createRunning(run: SeedRun): Promise<{ sittingId: string; openedAt: number }> {
  const cityId = regionId(setStage(run.plan.plan).city.key);
  const rules = await loadRules(run.ctx.pool, cityId, run.seedDay);
  const openedAt = run.ctx.clock.now().getTime() - OPENED_AGO * MINUTE_MS;
  const at = (minutes: number): Date => new Date(openedAt + minutes * MINUTE_MS);
  const created = await createSitting(run.ctx, {
    title: TITLE,
    blueprintCode: QUALIFICATION_BLUEPRINT.code,
    regionId: cityId,
    opensAt: at(0),
    latestEntryAt: at(OPENED_AGO + ENTRY_LEFT_MINUTES),
    hardEndAt: at(OPENED_AGO + DURATION_MINUTES + ENTRY_LEFT_MINUTES),
    durationSeconds: DURATION_MINUTES * 60,
    graceSeconds: rules.examGraceSeconds.value,
    earliestHandInSeconds: 0,
    startMode: 'own',
    preconditionCourse: null,
    attemptLimit: 1,
    placeMode: 'rooms',
    needsDeviceRelease: true,
    resultRelease: 'by_bureau',
  });
  return { ...must(created, 'the running sitting can be made'), openedAt };
}

/** Rooms with the demo's invigilator in the first, and the last of the demo candidates at their seats. */
async function seatPeople(stage: Stage): Promise<Map<RoomStory, { roomId: string; seats: Seat[] }>> {
  const { run, ids, sittingId, openedAt } = stage;
  const people = candidatesOf(run.plan, run.size);
  const first = people.length - RUNNING_SEATS;
  const chosen = people.slice(first);
  const registered = await inTransaction(run.ctx, 'demo-running-register', (tx) =>
    registerCandidates(tx, run.ctx, {
      sittingId,
      candidates: chosen.map((person) => ({ personId: ids(person), unitId: unitId(person.unit.key) })),
      isApproved: true,
    }),
  );
  invariant(registered.ok, 'registration is refused by no rule');
  const rows = await run.ctx.db.examRegistration.findMany({ where: { sittingId } });
  const byPerson = new Map(rows.map((row) => [row.personId, row.id]));
  const rooms = new Map<RoomStory, { roomId: string; seats: Seat[] }>();
  let next = 0;
  for (const [index, story] of RUNNING_ROOMS.entries()) {
    const roomId = demoId<'ExamRoom'>(`running-room:${sittingId}:${index}`);
    const { name, place, rows: seatRows, columns: seatColumns } = story;
    await run.ctx.db.examRoom.create({
      data: {
        id: roomId,
        sittingId,
        no: index + 1,
        name,
        place,
        seatRows,
        seatColumns,
        createdAt: new Date(openedAt),
      },
    });
    const seats = story.seats.map((seat, offset) => {
      const person = chosen[next + offset];
      const registrationId = person === undefined ? undefined : byPerson.get(ids(person));
      invariant(registrationId, 'everybody with a seat is registered');
      return { login: candidateLogin(first + next + offset), registrationId, story: seat };
    });
    next += story.seats.length;
    await run.ctx.pool.query(
      `update exam_registration r set room_id = $1, seat_no = v.no
       from unnest($2::uuid[]) with ordinality as v(id, no) where r.id = v.id`,
      [roomId, seats.map((seat) => seat.registrationId)],
    );
    rooms.set(story, { roomId, seats });
  }
  const [firstRoom] = [...rooms.values()];
  invariant(firstRoom, 'the story has rooms');
  await run.ctx.db.examRoomInvigilator.create({
    data: { roomId: firstRoom.roomId, accountId: accountId('invigilator'), assignedAt: new Date(openedAt) },
  });
  return rooms;
}

async function act(
  stage: Stage,
  by: { login: string; minutesAgo: number; label: string },
  target: Target | Seat,
  what: Act,
  reason: Reason,
): Promise<void> {
  const outcome = await actOnCandidates(await actorAgo(stage, by.login, by.minutesAgo), {
    sittingId: stage.sittingId,
    target: 'kind' in target ? target : { kind: 'people', registrationIds: [target.registrationId] },
    act: what,
    reason,
    commandId: commandOf(by.label),
  });
  must(outcome, `${what.kind} of ${by.label}`);
}

interface Sitter {
  readonly seat: Seat;
  readonly attemptId: string;
  readonly deviceKey: string;
}

/** Answers as any page sends them: a few wrong, most plain, so that nobody of the story passes. */
async function answerOn(stage: Stage, sitter: Sitter, count: number, agoMinutes: number): Promise<void> {
  const receivedAt = new Date(stage.openedAt + (OPENED_AGO - agoMinutes) * MINUTE_MS);
  const outcome = await saveAnswers(stage.run.ctx, {
    attemptId: sitter.attemptId,
    accountId: accountId(sitter.seat.login),
    deviceKey: sitter.deviceKey,
    receivedAt,
    events: Array.from({ length: count }, (_, index) => ({
      epoch: 1,
      seq: index + 1,
      position: index + 1,
      choice: 'A',
      clientTime: receivedAt.toISOString(),
    })),
  });
  must(outcome, 'answers are taken');
}

async function sitDown(stage: Stage, seat: Seat): Promise<Sitter | null> {
  const { story, login, registrationId } = seat;
  if (story.kind !== 'sitting') return null;
  const started = must(
    await startAttempt(await actorAgo(stage, login, story.startedAgo), {
      registrationId,
      commandId: commandOf(`start:${login}`),
    }),
    'a candidate of the story starts',
  );
  invariant(started.deviceKey !== null, 'this form has started the attempt');
  const sitter = { seat, attemptId: started.attemptId, deviceKey: started.deviceKey };
  // Before whatever happens to this candidate afterwards.
  const answeredAgo = story.then === undefined ? 1 : TURNS_BEGIN_AGO;
  await answerOn(stage, sitter, story.answered, Math.max(story.silentFor, answeredAgo));
  if (story.silentFor === 0)
    await noteContact(stage.run.ctx.pool, sitter.attemptId, new Date(stage.openedAt + ALIVE_FOR_MS));
  return sitter;
}

async function leavePage(stage: Stage, { seat, attemptId, deviceKey }: Sitter): Promise<void> {
  const receivedAt = new Date(stage.openedAt + (OPENED_AGO - 5) * MINUTE_MS);
  for (const [index, agoMs] of [9, 7, 5].map((minutes) => minutes * MINUTE_MS).entries()) {
    const atMs = receivedAt.getTime() - agoMs;
    const signal = {
      id: commandOf(`left:${seat.login}:${index}`),
      kind: 'focus_lost' as const,
      atMs,
      lastedMs: null,
      characters: null,
    };
    must(
      await takeSignals(
        { ...stage.run.ctx, actorId: accountId(seat.login) },
        { attemptId, accountId: accountId(seat.login), deviceKey, receivedAt, signals: [signal] },
      ),
      'a signal is taken',
    );
  }
  const reason: Reason = { code: 'suspected_misconduct', note: '多次离开考试页面，已口头提醒' };
  await act(
    stage,
    { login: 'invigilator', minutesAgo: 4, label: `mark:${seat.login}` },
    seat,
    { kind: 'mark_irregular' },
    reason,
  );
}

/** The candidate who was ended: written down as misconduct, with what followed. */
async function endForMisconduct(stage: Stage, { seat }: Sitter): Promise<void> {
  const by = await actorAgo(stage, 'invigilator', 12);
  must(
    await recordIncident(by, {
      sittingId: stage.sittingId,
      roomId: null,
      registrationId: seat.registrationId,
      kind: 'misconduct',
      code: 'communication_device',
      happenedAt: by.clock.now(),
      facts: '在座位上使用手机查阅资料，监考人员当场发现并制止。',
      handling: '收存手机，终止本次作答，由考生在记录单上签名。',
      witnesses: '本考场另一名监考人员',
      evidenceIds: [],
      correctsId: null,
      commandId: commandOf(`misconduct:${seat.login}`),
    }),
    'the misconduct is recorded',
  );
  const reason: Reason = { code: 'suspected_misconduct', note: '使用手机，已登记违纪记录单' };
  await act(
    stage,
    { login: 'invigilator', minutesAgo: 11, label: `end:${seat.login}` },
    seat,
    { kind: 'end' },
    reason,
  );
}

async function turn(stage: Stage, sitter: Sitter): Promise<void> {
  const { seat, attemptId, deviceKey } = sitter;
  const { story, login } = seat;
  if (story.kind !== 'sitting' || story.then === undefined) return;
  const by = (minutesAgo: number, room = 'invigilator') => ({
    login: room,
    minutesAgo,
    label: `${story.then ?? ''}:${login}`,
  });
  switch (story.then) {
    case 'took_over':
      await act(
        stage,
        by(9),
        seat,
        { kind: 'release_device' },
        { code: 'device_failure', note: '主机蓝屏，换到备用机' },
      );
      must(
        await takeOver(await actorAgo(stage, login, 8), { attemptId, commandId: commandOf(`move:${login}`) }),
        'the device is changed',
      );
      return;
    case 'left_page':
      return leavePage(stage, sitter);
    case 'paused_alone':
      return act(
        stage,
        by(3),
        seat,
        { kind: 'pause' },
        { code: 'candidate_unwell', note: '低血糖，由工作人员照看' },
      );
    case 'handed_in':
      must(await handIn(await actorAgo(stage, login, 2), { attemptId, deviceKey }), 'the paper is handed in');
      return;
    case 'ended':
      return endForMisconduct(stage, sitter);
    case 'extended':
      return act(
        stage,
        by(6),
        seat,
        { kind: 'extend', minutes: 10, mayPassHardEnd: false },
        { code: 'device_failure', note: '键盘失灵，更换耗时' },
      );
    case 'released':
      return act(
        stage,
        by(5, 'bureau'),
        seat,
        { kind: 'release_device' },
        { code: 'device_failure', note: null },
      );
    case 'void_proposed':
      must(
        await proposeVoid(await actorAgo(stage, 'bureau', 2), {
          attemptId,
          ground: 'disturbance',
          reason: '座位电脑反复死机，考生申请作废后重考。',
          incidentId: null,
          commandId: commandOf(`void:${login}`),
        }),
        'a void is proposed',
      );
  }
}

async function playRoom(
  stage: Stage,
  story: RoomStory,
  room: { roomId: string; seats: Seat[] },
): Promise<number> {
  const present = room.seats.filter((seat) => seat.story.kind !== 'absent');
  const people: Target = { kind: 'people', registrationIds: present.map((seat) => seat.registrationId) };
  const byBureau = (minutesAgo: number, what: string) => ({
    login: 'bureau',
    minutesAgo,
    label: `${what}:${room.roomId}`,
  });
  await act(
    stage,
    byBureau(39, 'admit'),
    people,
    { kind: 'admit' },
    { code: 'identity_checked', note: null },
  );
  // Everybody at once, as on the day; what happens to one afterwards touches nobody else.
  const sitters = (await Promise.all(room.seats.map((seat) => sitDown(stage, seat)))).filter(
    (one) => one !== null,
  );
  await Promise.all(sitters.map((sitter) => turn(stage, sitter)));
  if (story.pausedAgo === null) return sitters.length;
  const whole: Target = { kind: 'room', roomId: room.roomId };
  await act(stage, byBureau(story.pausedAgo, 'pause'), whole, { kind: 'pause' }, POWER);
  const text = '网络故障正在排除，暂停作答。暂停的时间会全部补回，请留在座位上。';
  await act(stage, byBureau(story.pausedAgo, 'message'), whole, { kind: 'message', text }, POWER);
  return sitters.length;
}

/**
 * An exam in full swing, played by the product's own commands, each on its minute: people at work, two whose devices
 * have fallen silent, and one of everything an invigilator meets. Played once; a seed that was cut short inside it
 * leaves what was played. Left out where the exam slice is not prepared (`db:seed` apart from the application) and in
 * sizes with too few candidates.
 */
export async function seedRunningSitting(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx, size } = run;
  const isPossible = hasExamPorts(ctx.pool) && size.cities === 1 && size.candidates >= 2 * RUNNING_SEATS;
  if (!isPossible || (await ctx.db.examSitting.count({ where: { title: TITLE } })) > 0) return;
  const stage: Stage = { run, ids, ...(await createRunning(run)) };
  const rooms = await seatPeople(stage);
  let running = 0;
  for (const [story, room] of rooms) running += await playRoom(stage, story, room);
  run.progress(`考试：正在进行的考场 ${rooms.size} 个，开始作答 ${running} 人`);
}
