import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { addPerson } from '#app/office/roster/add-person.server.ts';
import { changePost } from '#app/office/roster/change-post.server.ts';
import { answerCorrection, correctPerson } from '#app/office/roster/correct-person.server.ts';
import { readCorrectionScan, viewCorrection } from '#app/office/roster/correction-view.server.ts';
import { viewPerson } from '#app/office/roster/person-view.server.ts';
import type { CorrectPersonForm, EnterPersonForm } from '#app/office/roster/roster.schema.ts';
import { viewRoster } from '#app/office/roster/roster-view.server.ts';
import { listTasks } from '#test/support/tasks.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const ALL = { page: 1, size: 100, sort: { field: 'name', direction: 'asc' }, text: '' } as const;
let unit = '';
let other = '';
let liaison: ActorCtx;
let otherLiaison: ActorCtx;
let leader: ActorCtx;
let bureau: ActorCtx;
let serial = 5_000;
const nextId = (): string => makeIdNumber((serial += 1));

beforeAll(async () => {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  unit = await aUnit(ctx, { regionId, name: '甲城市管理局' });
  other = await aUnit(ctx, { regionId, name: '乙市场监管局' });
  const of = (role: 'unit_liaison' | 'unit_leader', unitId: string) =>
    anActor(ctx, { grants: [{ role, scopeKind: 'unit', unitId }] });
  liaison = await of('unit_liaison', unit);
  otherLiaison = await of('unit_liaison', other);
  leader = await of('unit_leader', unit);
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
});

const entering = (over: Partial<EnterPersonForm> = {}): EnterPersonForm => ({
  commandId: newId(),
  name: '张三',
  idNumber: nextId(),
  unitId: unit,
  fromDay: '2026-11-01',
  establishment: 'admin',
  position: '科员',
  department: undefined,
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: undefined,
  education: '大学本科',
  hasLegalQualification: false,
  phone: '13900001111',
  ...over,
});

async function entered(over: Partial<EnterPersonForm> = {}): Promise<string> {
  const outcome = await addPerson(liaison, entering(over));
  if (!outcome.ok) throw new Error(`entering refused: ${outcome.code}`);
  return outcome.value.personId;
}

const correcting = (over: Partial<CorrectPersonForm> = {}): CorrectPersonForm => ({
  commandId: newId(),
  name: undefined,
  idNumber: undefined,
  education: '大学本科',
  hasLegalQualification: false,
  phone: undefined,
  proof: '户口本',
  ...over,
});

/** Everything that is kept in words: audit, receipts, facts, tasks. */
async function everythingSaid(): Promise<string> {
  const { rows } = await world.ctx.pool.query<{ said: string }>(
    `select string_agg(t, '') as said from (select detail::text as t from audit_payload
       union all select outcome::text || fingerprint from command_receipt
       union all select payload::text from outbox_event
       union all select title || coalesce(proposal, '') || path from task
       union all select changes::text || proof from person_correction) x`,
  );
  return rows[0]?.said ?? '';
}

describe('新增人员', () => {
  it('puts somebody into the own unit, known by number, shown masked only', async () => {
    const form = entering({ name: '李一' });
    const outcome = await addPerson(liaison, form);
    expect(outcome).toMatchObject({ ok: true, value: { isNew: true } });
    const page = await viewPerson(liaison, outcome.ok ? outcome.value.personId : '');
    expect(page).toMatchObject({
      ok: true,
      value: {
        unitName: '甲城市管理局',
        home: { position: '科员' },
        notAdmitted: null,
        person: { name: '李一' },
      },
    });
    expect(JSON.stringify(page)).not.toContain(form.idNumber);
    expect(await everythingSaid()).not.toContain(form.idNumber);
    expect(await everythingSaid()).not.toContain('13900001111');
  });

  it('sent twice enters once; the same command with other input is refused', async () => {
    const form = entering({ name: '李二' });
    const first = await addPerson(liaison, form);
    expect(await addPerson(liaison, form)).toEqual(first);
    expect(await addPerson(liaison, { ...form, position: '科长' })).toMatchObject({ code: 'COMMAND_REUSED' });
  });

  it('two at once with one number: one enters, the other hears that the person is here', async () => {
    const idNumber = nextId();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => addPerson(liaison, entering({ name: '李三', idNumber }))),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes.filter((one) => !one.ok && one.code === 'ALREADY_HERE')).toHaveLength(2);
  });

  it('of somebody at another unit names that unit and starts nothing', async () => {
    const idNumber = nextId();
    await entered({ name: '李四', idNumber });
    const form = entering({ name: '李四', idNumber, unitId: other });
    expect(await addPerson(otherLiaison, form)).toMatchObject({
      code: 'ALREADY_ELSEWHERE',
      detail: { unitName: '甲城市管理局' },
    });
    const wrongName = entering({ name: '王五', idNumber, unitId: other });
    expect(await addPerson(otherLiaison, wrongName)).toEqual({ ok: false, code: 'NAME_DIFFERS' });
  });

  it('into a unit of others is not found; with a field that does not exist it is refused', async () => {
    expect(await addPerson(liaison, entering({ unitId: other }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await addPerson(liaison, entering({ fieldCode: 'NO_SUCH' }))).toMatchObject({
      code: 'FIELD_UNKNOWN',
    });
    expect(await addPerson(liaison, entering({ fromDay: '2010-01-01' }))).toMatchObject({
      code: 'DAY_OUT_OF_RANGE',
    });
    expect(await addPerson(leader, entering())).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('on 工勤 or 编外 is listed as 「不得申领」 with the reason', async () => {
    const personId = await entered({ name: '李五', establishment: 'worker' });
    const roster = await viewRoster(liaison, ALL, null);
    const row = roster.ok ? roster.value.rows.find(({ id }) => id === personId) : undefined;
    expect(row?.notAdmitted).toContain('工勤编制');
    const page = await viewPerson(liaison, personId);
    expect(page.ok && page.value.notAdmitted).toContain('不在核发范围内');
  });
});

describe('a person’s page', () => {
  it('is not found for another unit, nor for nobody', async () => {
    const personId = await entered({ name: '赵一' });
    expect(await viewPerson(otherLiaison, personId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewPerson(liaison, newId())).toMatchObject({ code: 'NOT_FOUND' });
    expect((await viewPerson(bureau, personId)).ok).toBe(true);
  });

  it('shows a change of post from its day on, and keeps what was before', async () => {
    const personId = await entered({ name: '赵二' });
    const form = {
      commandId: newId(),
      fromDay: '2026-11-20',
      establishment: 'admin' as const,
      position: '副科长',
      department: '政策法规科',
      isEnforcementPost: true,
      fieldCode: 'URBAN',
      enforcementArea: undefined,
      proof: '甲人字〔2026〕3号',
    };
    expect((await changePost(liaison, personId, form)).ok).toBe(true);
    expect((await changePost(liaison, personId, form)).ok).toBe(true);
    const page = await viewPerson(liaison, personId);
    expect(page.ok && page.value.homes.map(({ position, validFrom }) => [position, validFrom])).toEqual([
      ['副科长', '2026-11-20'],
      ['科员', '2026-11-01'],
    ]);
    expect(await changePost(liaison, personId, { ...form, commandId: newId() })).toMatchObject({
      code: 'POST_UNCHANGED',
    });
    expect(await changePost(otherLiaison, personId, { ...form, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('更正信息', () => {
  it('of the education holds at once, with before, after and proof', async () => {
    const personId = await entered({ name: '钱一' });
    const outcome = await correctPerson(liaison, personId, correcting({ education: '硕士研究生' }), null);
    expect(outcome).toMatchObject({ ok: true, value: { needsSecond: false } });
    const page = await viewPerson(liaison, personId);
    expect(page.ok && page.value.person.education).toBe('硕士研究生');
    expect(page.ok && page.value.corrections[0]).toMatchObject({
      state: 'applied',
      proof: '户口本',
      changes: [{ field: 'education', before: '大学本科', after: '硕士研究生' }],
    });
    const { rows } = await world.ctx.pool.query(
      `select education, reason_code from person_revision where person_id = $1 order by occurred_at, recorded_at desc, id`,
      [personId],
    );
    expect(rows).toHaveLength(2);
  });

  it('of name and number waits for a second person, who is not the maker', async () => {
    const [before, after] = [nextId(), nextId()];
    const personId = await entered({ name: '钱二', idNumber: before });
    const form = correcting({ name: '钱贰', idNumber: after });
    const filed = await correctPerson(liaison, personId, form, null);
    expect(filed).toMatchObject({ ok: true, value: { needsSecond: true } });
    const correctionId = filed.ok ? filed.value.correctionId : '';
    expect((await viewPerson(liaison, personId)).ok && (await viewPerson(liaison, personId))).toMatchObject({
      value: { person: { name: '钱二' } },
    });
    expect(await listTasks(world.ctx, 'person.correction', correctionId)).toEqual(['open']);
    expect(await correctPerson(liaison, personId, correcting({ name: '钱三' }), null)).toMatchObject({
      code: 'CORRECTION_OPEN',
    });
    const answer = { correctionId, act: 'apply', note: null } as const;
    expect(await answerCorrection(liaison, { ...answer, commandId: newId() })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await answerCorrection(otherLiaison, { ...answer, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const outcomes = await Promise.all([
      answerCorrection(leader, { ...answer, commandId: newId() }),
      answerCorrection(bureau, { ...answer, act: 'decline', note: '材料不全', commandId: newId() }),
    ]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes.find((one) => !one.ok)).toMatchObject({ code: 'CORRECTION_ANSWERED' });
    expect(await listTasks(world.ctx, 'person.correction', correctionId)).toEqual(['done']);
    expect(await everythingSaid()).not.toContain(after);
  });

  it('agreed to makes the person known by the new number, and by the old one no longer', async () => {
    const [before, after] = [nextId(), nextId()];
    const personId = await entered({ name: '钱四', idNumber: before });
    const filed = await correctPerson(liaison, personId, correcting({ name: '钱肆', idNumber: after }), null);
    const correctionId = filed.ok ? filed.value.correctionId : '';
    const agreed = await answerCorrection(leader, {
      correctionId,
      act: 'apply',
      note: null,
      commandId: newId(),
    });
    expect(agreed.ok).toBe(true);
    expect(await addPerson(liaison, entering({ name: '钱肆', idNumber: after }))).toMatchObject({
      code: 'ALREADY_HERE',
    });
    expect(await addPerson(liaison, entering({ name: '新人', idNumber: before }))).toMatchObject({
      ok: true,
      value: { isNew: true },
    });
    const { rows } = await world.ctx.pool.query(
      `select secret_cipher from person_correction_payload where correction_id = $1`,
      [correctionId],
    );
    expect(rows).toEqual([{ secret_cipher: null }]);
  });

  it('to the number of somebody else is refused', async () => {
    const taken = nextId();
    await entered({ name: '钱五', idNumber: taken });
    const personId = await entered({ name: '钱六' });
    expect(await correctPerson(liaison, personId, correcting({ idNumber: taken }), null)).toMatchObject({
      code: 'ID_TAKEN',
    });
    expect(await correctPerson(liaison, personId, correcting(), null)).toMatchObject({
      code: 'NOTHING_CORRECTED',
    });
    expect(await correctPerson(otherLiaison, personId, correcting({ name: '钱七' }), null)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('keeps its scan for those who may see the correction', async () => {
    const personId = await entered({ name: '孙一' });
    const scan = {
      type: 'application/pdf',
      name: '户口本.pdf',
      bytes: new TextEncoder().encode('%PDF-1.4 x'),
    } as const;
    const filed = await correctPerson(liaison, personId, correcting({ name: '孙壹' }), scan);
    const correctionId = filed.ok ? filed.value.correctionId : '';
    const opened = await readCorrectionScan(leader, correctionId);
    expect(opened.ok && opened.value.bytes.toString('utf8')).toBe('%PDF-1.4 x');
    expect(await readCorrectionScan(otherLiaison, correctionId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewCorrection(leader, correctionId)).toMatchObject({
      value: { mayAnswer: true, isOwn: false },
    });
    expect(await viewCorrection(liaison, correctionId)).toMatchObject({
      value: { mayAnswer: false, isOwn: true, mayWithdraw: true },
    });
    const taken = await answerCorrection(liaison, {
      correctionId,
      act: 'withdraw',
      note: null,
      commandId: newId(),
    });
    expect(taken.ok).toBe(true);
    expect(await listTasks(world.ctx, 'person.correction', correctionId)).toEqual(['withdrawn']);
  });
});
