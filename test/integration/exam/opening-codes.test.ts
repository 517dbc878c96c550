import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { openingCode } from '#app/exam/ahead/ahead-keys.server.ts';
import { groupedOpeningCode } from '#app/exam/ahead/opening-code.ts';
import { viewOpeningCodes } from '#app/exam/ahead/opening-codes-view.server.ts';
import { printOpeningSheets } from '#app/exam/ahead/print-opening-sheets.server.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { released } from '#test/support/custody.ts';
import type { BellHall } from '#test/support/paper-ahead.ts';
import { aBellHall } from '#test/support/paper-ahead.ts';

const BEFORE = '2026-11-23T00:50:00.000Z';
const world = useWorld(BEFORE);
beforeAll(() => prepareExam(world.ctx));

async function aFreshHall(options: Parameters<typeof aBellHall>[1] = {}): Promise<BellHall> {
  world.clock.set(BEFORE);
  return aBellHall(world.ctx, options);
}

const ring = (hall: BellHall): void => void world.clock.set(hall.bellAt.toISOString());
const audits = (hall: BellHall, action: string) =>
  world.ctx.db.auditEvent.count({ where: { subjectId: hall.sittingId, action } });
const shown = async (actor: ActorCtx, { sittingId }: BellHall) => {
  const page = await viewOpeningCodes(actor, sittingId);
  if (!page.ok) return page.code;
  return page.value.codes?.map(({ roomName, code }) => [roomName, code]) ?? 'not yet';
};

describe('开卷口令 of the rooms', () => {
  it('is shown to nobody before the bell, and from the bell on to who watches the room; each look is noted', async () => {
    const hall = await aFreshHall();
    expect(await shown(hall.bureau, hall)).toBe('not yet');
    expect(await shown(hall.invigilator, hall)).toBe('not yet');
    ring(hall);
    const release = await world.ctx.db.examRelease.findFirstOrThrow({ where: { sittingId: hall.sittingId } });
    const [first, second] = hall.rooms.map((roomId) =>
      groupedOpeningCode(
        openingCode(world.ctx.secrets, { releaseId: release.id, roomId, opensAt: hall.bellAt }),
      ),
    );
    expect(await audits(hall, 'exam.read_opening_code')).toBe(0);
    expect(await shown(hall.bureau, hall)).toEqual([
      ['第1考场', first],
      ['第2考场', second],
    ]);
    expect(await shown(hall.invigilator, hall)).toEqual([['第1考场', first]]);
    expect(await audits(hall, 'exam.read_opening_code')).toBe(2);
    const elsewhere = await aFreshHall();
    ring(elsewhere);
    expect(await shown(elsewhere.bureau, hall)).toBe('NOT_FOUND');
    const candidate = hall.candidates[0];
    expect(candidate && (await shown(candidate.ctx, hall))).toBe('FORBIDDEN');
  });

  it('does not exist before two people have released the papers', async () => {
    const hall = await aFreshHall({ isReleased: false });
    expect(await printOpeningSheets(hall.bureau, hall.sittingId, null)).toMatchObject({
      code: 'NOT_RELEASED',
    });
    ring(hall);
    expect(await shown(hall.bureau, hall)).toEqual([]);
  });

  it('is promised to nobody where no bell rings for all', async () => {
    const hall = await aFreshHall();
    await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data: { startMode: 'own' } });
    expect(await shown(hall.bureau, hall)).toEqual([]);
    expect(await audits(hall, 'exam.read_opening_code')).toBe(0);
  });

  it('is printed by the bureau alone, one sheet a room, and printing is noted before anything leaves', async () => {
    const hall = await aFreshHall({ isReleased: false });
    await released({ maker: hall.bureau, checker: hall.bureau2 }, hall.sittingId);
    const { sittingId } = hall;
    expect(await printOpeningSheets(hall.invigilator, sittingId, null)).toMatchObject({ code: 'FORBIDDEN' });
    const elsewhere = await aFreshHall();
    expect(await printOpeningSheets(elsewhere.bureau, sittingId, null)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await audits(hall, 'exam.print_opening_codes')).toBe(0);
    const all = await printOpeningSheets(hall.bureau, sittingId, null);
    if (!all.ok) throw new Error(all.code);
    const files = unzipSync(all.value.bytes);
    expect(Object.keys(files).sort()).toEqual([
      '开卷口令单 01（第1考场）.pdf',
      '开卷口令单 02（第2考场）.pdf',
    ]);
    for (const bytes of Object.values(files)) expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-');
    const one = await printOpeningSheets(hall.bureau, sittingId, hall.rooms[1]);
    expect(one).toMatchObject({
      value: { fileName: '开卷口令单 02（第2考场）.pdf', mediaType: 'application/pdf' },
    });
    expect(await audits(hall, 'exam.print_opening_codes')).toBe(2);
    // Kept nowhere: neither as a document nor in the audit's detail.
    expect(await world.ctx.db.documentBatch.count({ where: { subjectId: sittingId } })).toBe(0);
    const noted = await world.ctx.db.auditPayload.findMany({
      where: { event: { subjectId: sittingId, action: 'exam.print_opening_codes' } },
    });
    expect(JSON.stringify(noted)).not.toMatch(/\d{20}|\d{4}( \d{4}){4}/);
  }, 60_000);
});
