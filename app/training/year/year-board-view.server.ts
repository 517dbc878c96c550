import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { closingReach } from './closing-scope.server.ts';
import { STANDINGS, decideFreezing, standingOf } from './closing.ts';
import { findClosing, listClosings, publishedRows } from './closing.store.server.ts';
import type { FreezeClosingRefusal } from './freeze-closing.server.ts';
import { readYearList } from './read-year-list.server.ts';
import type { BoardLine, BoardSort, StandingCounts } from './year-board.ts';
import { arrangeBoard, countStandings } from './year-board.ts';
import { changesSince, fallenCount } from './year-list.ts';
import { countYearPeople } from './year-list.store.server.ts';

export interface YearBoard {
  readonly year: number;
  readonly years: readonly number[];
  readonly rows: readonly BoardLine[];
  readonly total: number;
  readonly page: number;
  readonly counts: StandingCounts;
  readonly units: number;
  /** Units with people that nobody has begun. */
  readonly unopened: number;
  readonly today: Day;
}

/** Years one may look at: those that are over, back to the oldest that may still be closed. */
const YEARS_SHOWN = 5;

/** The year asked for, else the last one that is over. */
export function yearAsked(text: string | null | undefined, today: Day): number {
  const last = yearOf(today) - 1;
  const asked = /^20\d{2}$/.test(text ?? '') ? Number(text) : last;
  return asked <= last && asked > last - YEARS_SHOWN ? asked : last;
}

/**
 * How the units of the reach stand with a year: one line for each unit that had people on its last day. Refusal:
 * FORBIDDEN.
 */
export async function viewYearBoard(
  ctx: ActorCtx,
  permission: 'hours.read_closing' | 'hours.close',
  asked: { readonly year: string | null; readonly query: TableQuery<BoardSort, 'standing'> },
): Promise<Outcome<YearBoard, 'FORBIDDEN'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const today = dayOf(ctx.clock.now());
  const year = yearAsked(asked.year, today);
  const { units, tree } = await closingReach(ctx, permission, year);
  const people = await countYearPeople(ctx.pool, [...units.keys()], year);
  const closings = new Map(
    (await listClosings(ctx.pool, [...people.keys()], year)).map((closing) => [closing.unitId, closing]),
  );
  const lines = [...people].flatMap(([unitId, count]): BoardLine[] => {
    const unit = units.get(unitId);
    if (unit === undefined) return [];
    const closing = closings.get(unitId) ?? null;
    const standing = standingOf(closing, closing?.openObjections ?? 0, today);
    return [
      {
        unitId,
        unitName: unit.shownName,
        unitPinyin: unit.namePinyin,
        regionName: tree.regions.get(unit.regionId)?.name ?? '',
        people: count,
        standing,
        openObjections: closing?.openObjections ?? 0,
        publishedDay: closing?.publishedDay ?? null,
        objectionsUntilDay: closing?.objectionsUntilDay ?? null,
        dueDay: closing?.dueDay ?? null,
        isOverdue: standing !== 'frozen' && closing !== null && today > closing.dueDay,
        sealNo: closing?.sealNo ?? null,
      },
    ];
  });
  const { query } = asked;
  const standing = STANDINGS.find((known) => known === query.filters.standing) ?? null;
  const found = arrangeBoard(lines, { text: query.q, standing, sort: query.sort });
  const { page, offset } = pageBounds(found.length, query.page, query.size);
  const last = yearOf(today) - 1;
  return done({
    year,
    years: Array.from({ length: YEARS_SHOWN }, (_, back) => last - back),
    rows: found.slice(offset, offset + query.size),
    total: found.length,
    page,
    counts: countStandings(lines),
    units: lines.length,
    unopened: lines.filter((line) => !closings.has(line.unitId)).length,
    today,
  });
}

export interface FreezePreviewLine {
  readonly unitId: string;
  readonly unitName: string;
  readonly people: number;
  readonly met: number;
  readonly notMet: number;
  readonly exempt: number;
  /** Why it cannot be frozen; null when it can. */
  readonly obstacle: { readonly code: FreezeClosingRefusal; readonly count: number } | null;
}

/** What freezing these units would seal, figure by figure. Units outside the reach are left out. Refusal: FORBIDDEN. */
export async function previewFreezing(
  ctx: ActorCtx,
  asked: { readonly year: number; readonly unitIds: readonly string[] },
): Promise<Outcome<FreezePreviewLine[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.close')) return refused('FORBIDDEN');
  const { units } = await closingReach(ctx, 'hours.close', asked.year);
  const lines: FreezePreviewLine[] = [];
  for (const unitId of new Set(asked.unitIds)) {
    const unit = units.get(unitId);
    if (unit === undefined) continue;
    const closing = await findClosing(ctx.pool, unitId, asked.year);
    const rows = await readYearList(ctx, unitId, asked.year);
    const shown = closing === null ? [] : await publishedRows(ctx.pool, closing.id);
    const fallen = fallenCount(changesSince(shown, rows));
    const decided =
      closing === null ? refused('NOT_CONFIRMED') : decideFreezing(closing, { actorId: ctx.actorId, fallen });
    const having = (conclusion: string) => rows.filter((row) => row.conclusion === conclusion).length;
    lines.push({
      unitId,
      unitName: unit.shownName,
      people: rows.length,
      met: having('met'),
      notMet: having('not_met'),
      exempt: having('exempt'),
      obstacle: decided.ok ? null : { code: decided.code, count: Number(decided.detail?.count ?? 0) },
    });
  }
  return done(lines);
}
