import { describe, expect, it } from 'vitest';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { examineStudy } from '#app/training/study/examine-study.server.ts';
import { findingsView, findingView } from '#app/training/study/findings-view.server.ts';
import { judgeFinding } from '#app/training/study/judge-finding.server.ts';
import { uncountedView } from '#app/training/study/uncounted-view.server.ts';
import { aLesson } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import type { Says } from '#test/support/study.ts';
import { studySteps } from '#test/support/study.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const { aReader, open, aPage, answer, sumOf } = studySteps(world);

const EVERYTHING = { text: '', kind: null, state: null, page: 1, size: 50 } as const;
const EVEN = { touches: 0, moves: 1, scrolls: 0 };

/** A script at 20 seconds with the same signs of a hand in every beat, and its unit's people. */
async function aSuspect() {
  const reader = await aReader({ lessons: [aLesson('one', { nominalMinutes: 60 })] });
  const page = aPage(reader, await open(reader.actor, reader.slug));
  for (let beats = 0; beats < 30; beats += 1) await page.beat(20, { signs: EVEN });
  world.clock.advanceSeconds(3700);
  await examineStudy(world.ctx);
  const grant = (role: 'unit_liaison' | 'unit_leader', unitId: string) =>
    anActor(world.ctx, { grants: [{ role, scopeKind: 'unit', unitId }] });
  forgetTree(world.ctx);
  return {
    ...reader,
    liaison: await grant('unit_liaison', reader.unitId),
    leader: await grant('unit_leader', reader.unitId),
  };
}
type Suspect = Awaited<ReturnType<typeof aSuspect>>;

async function findingOf(suspect: Suspect) {
  const view = await findingsView(suspect.liaison, EVERYTHING);
  const [row] = view.ok ? view.value.rows : [];
  if (!row) throw new Error('there is a finding');
  return row;
}

const judgement = (findingId: string, over: object = {}) => ({
  findingId,
  verdict: 'explain' as const,
  reason: '请说明当日使用的设备',
  seenJudgements: 0,
  commandId: newId(),
  ...over,
});

describe('looking through study that is over', () => {
  it('notes what is out of the ordinary, once, with its facts, for the unit of that day', async () => {
    const suspect = await aSuspect();
    const view = await findingsView(suspect.liaison, EVERYTHING);
    expect(view).toMatchObject({
      value: {
        total: 1,
        rows: [
          {
            kind: 'steady_rhythm',
            personId: suspect.personId,
            unitId: suspect.unitId,
            verdict: null,
            facts: { medianMs: 20_000, spreadMs: 0 },
          },
        ],
      },
    });
    expect(await examineStudy(world.ctx)).toBe(0);
    await Promise.all([examineStudy(world.ctx), examineStudy(world.ctx)]);
    expect(await world.ctx.db.studyFinding.count({ where: { personId: suspect.personId } })).toBe(1);
  });

  it('finds nothing in an honest reader, and waits until the page is over', async () => {
    const reader = await aReader({ lessons: [aLesson('one', { nominalMinutes: 60 })] });
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(870);
    await examineStudy(world.ctx);
    const visits = { where: { personId: reader.personId, examinedAt: { not: null } } };
    expect(await world.ctx.db.studyVisit.count(visits)).toBe(0);
    world.clock.advanceSeconds(3700);
    await examineStudy(world.ctx);
    expect(await world.ctx.db.studyVisit.count(visits)).toBe(1);
    expect(await world.ctx.db.studyFinding.count({ where: { personId: reader.personId } })).toBe(0);
  });

  it('notes questions answered faster than they can be read', async () => {
    const reader = await aReader();
    await open(reader.actor, reader.slug);
    world.clock.advanceSeconds(12);
    await answer(reader);
    world.clock.advanceSeconds(3700);
    await examineStudy(world.ctx);
    const findings = await world.ctx.db.studyFinding.findMany({ where: { personId: reader.personId } });
    expect(findings.map((one) => [one.kind, one.facts])).toEqual([
      ['quick_checks', { itemCount: 2, elapsedSeconds: 12 }],
    ]);
  });

  /** Reads so many lessons of twelve minutes, ten minutes each, from this instant on; then all of it is over. */
  async function aNight(start: string, count: number, says: Says = {}) {
    world.clock.set(start);
    const slugs = ['one', 'two', 'three', 'four', 'five'].slice(0, count);
    const reader = await aReader({ lessons: slugs.map((slug) => aLesson(slug, { nominalMinutes: 12 })) });
    for (const slug of slugs) {
      const page = aPage(reader, await open(reader.actor, reader.slug, slug));
      for (let beats = 0; beats < 20; beats += 1) {
        const { answerWithinSeconds } = await page.beat(30, says);
        if (answerWithinSeconds !== null) await page.beat(10, { ...says, present: true });
      }
    }
    world.clock.advanceSeconds(3700);
    await examineStudy(world.ctx);
    const findings = await world.ctx.db.studyFinding.findMany({ where: { personId: reader.personId } });
    return findings.map(({ kind, facts }) => [kind, facts]);
  }

  it('notes a night over several short lessons once, from 45 minutes on', async () => {
    expect(await aNight('2026-11-23T17:00:00.000Z', 4)).toEqual([]);
    expect(await aNight('2026-11-24T17:00:00.000Z', 5)).toMatchObject([['night_study', { lessonCount: 5 }]]);
    expect(await aNight('2026-11-25T02:00:00.000Z', 5)).toEqual([]);
  });

  it('notes a hand that never changes over several short lessons once, from 15 minutes on', async () => {
    const same = { signs: EVEN, at: 0 };
    expect(await aNight('2026-11-26T02:00:00.000Z', 1, same)).toEqual([]);
    expect(await aNight('2026-11-27T02:00:00.000Z', 3, same)).toMatchObject([['no_hand', { moves: 1 }]]);
  });

  it('takes no credit: a finding is no verdict', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    for (let beats = 0; beats < 30; beats += 1) await page.beat(20, { signs: EVEN });
    await answer(reader);
    world.clock.advanceSeconds(3700);
    await examineStudy(world.ctx);
    expect(await world.ctx.db.studyFinding.count({ where: { personId: reader.personId } })).toBe(1);
    expect(await sumOf(reader, Number(dayOf(world.clock.now()).slice(0, 4)))).toBe(600);
  });
});

describe('judging a finding', () => {
  it('is kept with its reason and shown to the person it is about', async () => {
    const suspect = await aSuspect();
    const finding = await findingOf(suspect);
    expect(await uncountedView(suspect.actor, null)).toMatchObject({ value: { lessons: [] } });
    expect(await judgeFinding(suspect.liaison, judgement(finding.id))).toMatchObject({ value: { seq: 1 } });
    const settled = judgement(finding.id, {
      verdict: 'no_issue',
      reason: '单位网络代理所致',
      seenJudgements: 1,
    });
    expect(await judgeFinding(suspect.liaison, settled)).toMatchObject({ value: { seq: 2 } });
    const view = await findingView(suspect.liaison, finding.id);
    expect(view).toMatchObject({
      value: {
        finding: { verdict: 'no_issue' },
        judgements: [{ verdict: 'no_issue' }, { verdict: 'explain', reason: '请说明当日使用的设备' }],
      },
    });
    expect(await uncountedView(suspect.actor, null)).toMatchObject({
      value: {
        lessons: [
          {
            lessonVersionId: suspect.lessonVersionId,
            judgements: [{ kind: 'steady_rhythm', verdict: 'no_issue', reason: '单位网络代理所致' }],
          },
        ],
      },
    });
    const byState = { ...EVERYTHING, state: 'open' as const };
    expect(await findingsView(suspect.liaison, byState)).toMatchObject({ value: { total: 0 } });
  });

  it('sent twice stands once; of two at the same time one is told that it came second', async () => {
    const suspect = await aSuspect();
    const finding = await findingOf(suspect);
    const input = judgement(finding.id);
    const twice = await Promise.all([
      judgeFinding(suspect.liaison, input),
      judgeFinding(suspect.liaison, input),
    ]);
    expect(twice).toMatchObject([{ ok: true }, { ok: true }]);
    const race = await Promise.all(
      ['no_issue', 'strike'].map((verdict) =>
        judgeFinding(suspect.liaison, judgement(finding.id, { verdict, seenJudgements: 1 })),
      ),
    );
    expect(race.filter((one) => one.ok)).toHaveLength(1);
    expect(race.find((one) => !one.ok)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await world.ctx.db.studyJudgement.count({ where: { findingId: finding.id } })).toBe(2);
  });

  it('is not open to the person concerned, to other units, or to who only reads; and needs a reason', async () => {
    const suspect = await aSuspect();
    const finding = await findingOf(suspect);
    const self = await anActor(world.ctx, {
      personId: suspect.personId,
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: suspect.unitId }],
    });
    const stranger = await anActor(world.ctx, {
      grants: [
        {
          role: 'unit_liaison',
          scopeKind: 'unit',
          unitId: await aUnit(world.ctx, { regionId: await aRegion(world.ctx) }),
        },
      ],
    });
    forgetTree(world.ctx);
    expect(await judgeFinding(self, judgement(finding.id))).toMatchObject({ code: 'JUDGE_IS_SUBJECT' });
    expect(await judgeFinding(stranger, judgement(finding.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await findingView(stranger, finding.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await findingsView(stranger, EVERYTHING)).toMatchObject({ value: { total: 0 } });
    expect(await judgeFinding(suspect.leader, judgement(finding.id))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await findingsView(suspect.actor, EVERYTHING)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await judgeFinding(suspect.liaison, judgement(finding.id, { reason: '  ' }))).toMatchObject({
      code: 'REASON_REQUIRED',
    });
  });

  it.each(['study_finding', 'study_judgement'])('rows of %s cannot be changed or deleted', async (table) => {
    const { pool } = world.ctx;
    await expect(pool.query(`update ${table} set id = id`)).rejects.toMatchObject({ code: 'ZA001' });
    await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: 'ZA001' });
    await expect(pool.query(`truncate ${table} cascade`)).rejects.toMatchObject({ code: 'ZA001' });
  });
});
