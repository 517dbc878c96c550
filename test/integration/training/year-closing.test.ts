import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { answerObjection, objectToList } from '#app/training/year/objections.server.ts';
import { attachSheet, publishList } from '#app/training/year/publish-list.server.ts';
import { openClosings } from '#app/training/year/open-closings.server.ts';
import { returnClosing } from '#app/training/year/confirm-closing.server.ts';
import { freezeClosings } from '#app/training/year/freeze-closing.server.ts';
import { findClosedYears } from '#app/training/year/closed-year.store.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { anHourEntry } from '#test/support/officers.ts';
import {
  AFTER_NOTICE,
  FIRST_DAY,
  HOUR,
  LAST_NOTICE_DAY,
  YEAR,
  closingSteps,
} from '#test/support/year-closing.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld(FIRST_DAY);
const { anOffice, publish, confirm, freeze, aConfirmedOffice, aFrozenOffice } = closingSteps(world);

const code = (outcome: { ok: boolean; code?: string }) => (outcome.ok ? 'ok' : outcome.code);
const PDF = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

describe('putting up the list (domain §11.4: 公示 5 工作日)', () => {
  it('begins the closing by itself, with the last day five 工作日 later', async () => {
    const office = await anOffice();
    expect(value(await publish(office))).toEqual({ round: 1, untilDay: LAST_NOTICE_DAY });
    expect(value(await publish(office))).toMatchObject({ round: 2 });
  });

  it('waits until the year is over, and is nobody else’s business', async () => {
    const office = await anOffice();
    const stranger = await anOffice();
    expect(code(await publish(office, stranger.liaison))).toBe('NOT_FOUND');
    expect(code(await publish(office, office.leader))).toBe('FORBIDDEN');
    const asked = { unitId: office.unitId, year: YEAR + 1, commandId: newId() };
    expect(code(await publishList(office.liaison, asked))).toBe('YEAR_NOT_OVER');
    expect(code(await publishList(office.liaison, { ...asked, year: 2012 }))).toBe('YEAR_TOO_OLD');
  });

  it('sent twice it goes up once', async () => {
    const office = await anOffice();
    const asked = { unitId: office.unitId, year: YEAR, commandId: newId() };
    const [one, two] = await Promise.all([
      publishList(office.liaison, asked),
      publishList(office.liaison, asked),
    ]);
    expect(value(one)).toEqual(value(two));
    expect(value(one).round).toBe(1);
  });

  it('the bureau opens the year for every unit that has not begun', async () => {
    const office = await anOffice();
    expect(value(await openClosings(office.bureau, { year: YEAR, commandId: newId() }))).toEqual({
      units: 1,
    });
    expect(code(await openClosings(office.bureau, { year: YEAR, commandId: newId() }))).toBe(
      'NOTHING_TO_OPEN',
    );
    expect(code(await openClosings(office.leader, { year: YEAR, commandId: newId() }))).toBe('FORBIDDEN');
  });
});

describe('objecting and confirming', () => {
  const object = (officer: Awaited<ReturnType<typeof anOffice>>['officers'][number] | undefined) => {
    if (!officer) throw new Error('the office has officers');
    return objectToList(officer, { year: YEAR, reason: '6月的培训没有计入', commandId: newId() });
  };

  it('an open objection keeps the list from being confirmed; its answer frees it', async () => {
    const office = await anOffice();
    expect(code(await object(office.officers[0]))).toBe('NOT_FOUND');
    value(await publish(office));
    const { objectionId } = value(await object(office.officers[0]));
    expect(code(await object(office.officers[0]))).toBe('OBJECTION_WAITS');
    world.clock.set(AFTER_NOTICE);
    expect(code(await confirm(office))).toBe('OBJECTIONS_OPEN');
    expect(code(await object(office.officers[1]))).toBe('OBJECTIONS_CLOSED');
    const answer = { objectionId, outcome: 'rejected', answer: '该班未达到出勤要求' } as const;
    const stranger = await anOffice();
    world.clock.set(AFTER_NOTICE);
    expect(code(await answerObjection(stranger.liaison, { ...answer, commandId: newId() }))).toBe(
      'NOT_FOUND',
    );
    const answers = await Promise.all(
      [office.liaison, office.leader].map((actor) =>
        answerObjection(actor, { ...answer, commandId: newId() }),
      ),
    );
    expect(answers.map(code).sort()).toEqual(['OBJECTION_ANSWERED', 'ok']);
    value(await confirm(office));
  });

  it('nobody answers an objection of their own', async () => {
    const office = await anOffice();
    value(await publish(office));
    const { unitId, personIds } = office;
    const both = await anActor(world.ctx, {
      personId: personIds[0] ?? null,
      grants: [
        { role: 'officer', scopeKind: 'self' },
        { role: 'unit_liaison', scopeKind: 'unit', unitId },
      ],
    });
    const { objectionId } = value(await object(both));
    const answer = { objectionId, outcome: 'upheld', answer: '经查属实', commandId: newId() } as const;
    expect(code(await answerObjection(both, answer))).toBe('OBJECTOR_IS_ACTOR');
  });

  it('waits for the end of the period; then silence is assent (逾期视为无异议)', async () => {
    const office = await anOffice();
    expect(code(await confirm(office))).toBe('NOT_PUBLISHED');
    value(await publish(office));
    world.clock.set(`${LAST_NOTICE_DAY}T15:59:00.000Z`);
    expect(code(await confirm(office))).toBe('NOTICE_RUNS');
    world.clock.set(`${LAST_NOTICE_DAY}T16:00:00.000Z`);
    expect(code(await confirm(office, office.liaison))).toBe('FORBIDDEN');
    value(await confirm(office));
    expect(code(await confirm(office))).toBe('CLOSING_CONFIRMED');
    expect(code(await publish(office))).toBe('CLOSING_CONFIRMED');
  });

  it('a correction downwards during 公示 needs a new list; one upwards does not', async () => {
    const office = await anOffice();
    value(await publish(office));
    const [personId = ''] = office.personIds;
    const entry = { personId, unitId: office.unitId, day: `${YEAR}-07-01` };
    await anHourEntry(world.ctx, { ...entry, creditSeconds: HOUR });
    world.clock.set(AFTER_NOTICE);
    const lowered = await anHourEntry(world.ctx, { ...entry, creditSeconds: HOUR, category: 'skill' });
    value(await publish(office));
    await anHourEntry(world.ctx, { ...entry, creditSeconds: -HOUR, category: 'skill', reverses: lowered });
    world.clock.set('2026-02-02T01:00:00.000Z');
    expect(await confirm(office)).toMatchObject({ code: 'LIST_FELL', detail: { count: 1 } });
    value(await publish(office));
    await anHourEntry(world.ctx, { ...entry, creditSeconds: HOUR });
    world.clock.set('2026-03-02T01:00:00.000Z');
    value(await confirm(office));
  });

  it('a signed sheet takes the place of the notice board', async () => {
    const office = await anOffice();
    const sheet = { unitId: office.unitId, year: YEAR, fileName: '签字表.pdf', bytes: PDF };
    const attach = (over: object = {}) =>
      attachSheet(office.liaison, { ...sheet, commandId: newId(), ...over });
    expect(code(await attach({ bytes: new TextEncoder().encode('<html>') }))).toBe('FILE_TYPE_UNKNOWN');
    expect(code(await attach({ bytes: new Uint8Array() }))).toBe('FILE_EMPTY');
    value(await attach());
    value(await attach());
    value(await confirm(office));
  });
});

describe('freezing', () => {
  it('takes two different persons and a confirmed list', async () => {
    const office = await anOffice();
    expect(code(await freeze(office))).toBe('NOT_CONFIRMED');
    value(await publish(office));
    world.clock.set(AFTER_NOTICE);
    const { unitId, regionId } = office;
    const both = await anActor(world.ctx, {
      grants: [
        { role: 'unit_leader', scopeKind: 'unit', unitId },
        { role: 'justice_bureau', scopeKind: 'region', regionId },
      ],
    });
    value(await confirm(office, both));
    expect(code(await freeze(office, both))).toBe('CONFIRMER_IS_ACTOR');
    const stranger = await anOffice();
    world.clock.set(AFTER_NOTICE);
    expect(code(await freeze(office, stranger.bureau))).toBe('NOT_FOUND');
    expect(value(await freeze(office)).sealNo).toMatch(/^2025-/);
  });

  it('two closers at once: one seal', async () => {
    const office = await aConfirmedOffice();
    const other = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
    });
    const outcomes = await Promise.all([freeze(office), freeze(office, other), freeze(office)]);
    expect(outcomes.map(code).sort()).toEqual(['YEAR_FROZEN', 'YEAR_FROZEN', 'ok']);
    const { rows } = await world.ctx.pool.query(
      `select count(*)::int as n from year_snapshot where unit_id = $1`,
      [office.unitId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('many units at once have consecutive numbers, and what is not ready is named', async () => {
    const ready = [];
    for (let n = 0; n < 3; n += 1) ready.push(await aConfirmedOffice(1));
    const bureau = await anActor(world.ctx, {
      grants: ready.map(({ regionId }) => ({
        role: 'justice_bureau' as const,
        scopeKind: 'region' as const,
        regionId,
      })),
    });
    const done = await Promise.all(ready.map((office) => freeze(office, bureau)));
    const serials = done.map((one) => Number(value(one).sealNo.split('-').at(-1))).sort((a, b) => a - b);
    expect(serials.map((serial) => serial - (serials[0] ?? 0))).toEqual([0, 1, 2]);
    const unitIds = ready.map((office) => office.unitId);
    const again = value(await freezeClosings(bureau, { year: YEAR, unitIds }));
    expect(again.frozen).toEqual([]);
    expect(again.left.map((one) => one.code)).toEqual(['YEAR_FROZEN', 'YEAR_FROZEN', 'YEAR_FROZEN']);
  });

  it('what fell after the confirmation goes back to the unit', async () => {
    const office = await aConfirmedOffice();
    const [personId = ''] = office.personIds;
    await anHourEntry(world.ctx, {
      personId,
      unitId: office.unitId,
      day: `${YEAR}-08-01`,
      creditSeconds: -HOUR,
    });
    expect(await freeze(office)).toMatchObject({ code: 'LIST_FELL' });
    const asked = { unitId: office.unitId, year: YEAR, reason: '学时有更正', commandId: newId() };
    value(await returnClosing(office.bureau, asked));
    expect(code(await returnClosing(office.bureau, { ...asked, commandId: newId() }))).toBe('NOT_CONFIRMED');
    expect(code(await confirm(office))).toBe('LIST_FELL');
    value(await publish(office));
  });

  it('closed years are known by person, with their seal', async () => {
    const office = await aFrozenOffice();
    const open = await anOffice(1);
    const asked = [...office.personIds, ...open.personIds];
    const closed = await findClosedYears(world.ctx.pool, asked, YEAR);
    expect([...closed.keys()].sort()).toEqual([...office.personIds].sort());
    expect(closed.get(office.personIds[0] ?? '')).toMatchObject({
      sealNo: office.sealNo,
      closedDay: '2026-01-13',
    });
    expect(await findClosedYears(world.ctx.pool, asked, YEAR + 1)).toEqual(new Map());
  });
});
