import { assessments, personnel } from '#app/office/import/counters.server.ts';
import { entitiesWork } from '#app/organization/register/import/apply-entities.server.ts';
import { photosWork } from '#app/organization/register/import/apply-photos.server.ts';
import { reviewersWork } from '#app/organization/register/import/apply-reviewers.server.ts';
import { supervisorsWork } from '#app/organization/register/import/apply-supervisors.server.ts';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { regionWork, unitWork } from '#app/organization/tree/import-tree.server.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import type { ImportNow } from '#app/platform/import/run/import-now.server.ts';
import type { ImportScope } from '#app/platform/import/run/import-run.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, parseDay } from '#app/platform/time/day.ts';
import { academyWork, hoursWork } from '#app/training/hours-import/apply-hours.server.ts';

const LISTED_REGIONS = 20;

/** What the command line may say about where a file belongs; each kind takes what it needs. */
export interface ScopeOptions {
  readonly region: string | undefined;
  readonly asOf: string | undefined;
}

/** One kind at the command line. */
export interface CommandKind {
  readonly title: string;
  readonly rowWord: string;
  /** Throws StartProblem for options that name nothing. */
  scopeOf(ctx: Ctx, options: ScopeOptions): Promise<ImportScope>;
  importNow(ctx: Ctx, file: ImportNow): ReturnType<typeof importNow>;
}

function commandKind<Row, Fact, Context>(
  work: ImportWork<Row, Fact, Context>,
  scopeOf: CommandKind['scopeOf'],
): CommandKind {
  const { title, rowWord } = work.kind;
  return { title, rowWord, scopeOf, importNow: (ctx, file) => importNow(ctx, work, file) };
}

function dayFrom(text: string | undefined, today: Day): Day {
  const day = text === undefined ? today : parseDay(text);
  if (day !== null && day <= today) return day;
  throw new StartProblem('WRONG_DAY', {
    zh: `--as-of 应为不晚于今天的日期，如 2026-11-21，现在是「${text ?? ''}」。`,
    en: `--as-of must be a day up to today, such as 2026-11-21; it is "${text ?? ''}".`,
  });
}

/** A region by its code; without one the region at the top, if there is only one. */
async function regionAndDay(ctx: Ctx, { region, asOf }: ScopeOptions) {
  const now = ctx.clock.now();
  const asOfDay = dayFrom(asOf, dayOf(now));
  const tree = await loadTree(ctx.pool, asOfDay, now);
  const regions = [...tree.regions.values()];
  const candidates =
    region === undefined
      ? regions.filter(({ parentId }) => parentId === null)
      : regions.filter(({ code }) => code === region);
  const [found] = candidates;
  if (found !== undefined && candidates.length === 1) return { regionId: found.id, asOfDay };
  const some = regions.slice(0, LISTED_REGIONS);
  throw new StartProblem('WRONG_REGION', {
    zh: `请用 --region 写明行政区划代码。${asOfDay} 有效的有：${some.map(({ code, name }) => `${code} ${name}`).join('、') || '（还没有登记）'}。`,
    en: `Name the region by its code with --region. Valid on ${asOfDay}: ${some.map(({ code }) => code).join(', ') || 'none'}.`,
  });
}

/** The same for kinds that also a unit may hand in: at the command line they are for a region. */
async function placeAndDay(ctx: Ctx, options: ScopeOptions): Promise<ImportScope> {
  const { regionId, asOfDay } = await regionAndDay(ctx, options);
  return { placeKind: 'region', placeId: regionId, asOfDay };
}

/** Every kind that `npm run import` knows. A new kind adds one line. */
export const IMPORT_KINDS: Readonly<Record<string, CommandKind>> = {
  regions: commandKind(regionWork, regionAndDay),
  units: commandKind(unitWork, regionAndDay),
  roster: commandKind(rosterWork, regionAndDay),
  entities: commandKind(entitiesWork, placeAndDay),
  personnel: commandKind(personnel, placeAndDay),
  assessments: commandKind(assessments, placeAndDay),
  reviewers: commandKind(reviewersWork, placeAndDay),
  supervisors: commandKind(supervisorsWork, placeAndDay),
  photos: commandKind(photosWork, placeAndDay),
  hours: commandKind(hoursWork, placeAndDay),
  academy: commandKind(academyWork, placeAndDay),
};
