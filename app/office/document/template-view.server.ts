import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { fieldsOfList, proposeColumns } from './column-mapping.ts';
import { documentDesk } from './desk.server.ts';
import { fileNameOf, withNumber } from './document.ts';
import type { ServedFile } from './document-view.server.ts';
import { OFFICE_TYPES } from './document-view.server.ts';
import type { Template } from './fill-paper.server.ts';
import {
  defaultTemplate,
  fillPaper,
  showPictures,
  templateInUse,
  templateOfVersion,
} from './fill-paper.server.ts';
import { drawPdf } from './format/pdf.server.ts';
import type { TemplateRefusal } from './format/read-template.server.ts';
import type { SheetHead } from './format/sheet-heads.server.ts';
import { readSheetHeads } from './format/sheet-heads.server.ts';
import type { PaperField, PaperKind } from './paper.ts';
import { NUMBER_FIELD, allFields, exampleData, isRestylable, listNames } from './paper.ts';
import { NO_PICTURES } from './picture-marks.ts';
import type { TemplateUse, TemplateVersion } from './template.store.server.ts';
import { listUses, listVersions, loadContent, usesOn } from './template.store.server.ts';
import { takeVersion } from './upload-template.server.ts';

/** Regions whose templates this person keeps: those of the person's own grants, widest first. */
export async function ownRegions(ctx: ActorCtx): Promise<{ id: string; name: string }[]> {
  const { tree, regionIds } = await reachFor(ctx, 'template.manage');
  const own = ctx.actor.grants.flatMap((grant) => grant.regionId ?? []);
  return [...new Set(own)].flatMap((id) => {
    const region = regionIds.has(id) ? tree.regions.get(id) : undefined;
    return region ? [{ id, name: region.name }] : [];
  });
}

/** What stands for a template in use, in words. */
export interface UseInWords {
  /** 默认模板 · 本地区第 3 版 · 某市第 2 版 */
  readonly text: string;
  readonly sinceDay: Day | null;
  readonly isOwn: boolean;
  readonly isDefault: boolean;
}

function wordUse(use: TemplateUse | undefined, regionId: string, tree: OrgTree): UseInWords {
  if (use === undefined) return { text: '默认模板', sinceDay: null, isOwn: false, isDefault: true };
  const isOwn = use.regionId === regionId;
  const whose = isOwn ? '本地区' : (tree.regions.get(use.regionId)?.name ?? '上级');
  const which = use.versionId === null ? '默认模板' : `第 ${use.versionNo ?? ''} 版`;
  return { text: `${whose}${which}`, sinceDay: use.validFrom, isOwn, isDefault: use.versionId === null };
}

export interface TemplateLine {
  readonly code: string;
  readonly title: string;
  readonly area: string;
  readonly format: PaperKind['format'];
  readonly use: UseInWords;
}

export interface TemplatesPage {
  readonly region: { readonly id: string; readonly name: string };
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly lines: readonly TemplateLine[];
}

async function takeRegion(ctx: ActorCtx, asked: string | null) {
  const regions = await ownRegions(ctx);
  const region = regions.find(({ id }) => id === asked) ?? regions[0];
  return region ? { region, regions } : null;
}

/** Every paper with the template a region draws it with today. Refusals: FORBIDDEN, NOT_FOUND (no region of one's own). */
export async function templatesView(
  ctx: ActorCtx,
  askedRegion: string | null,
): Promise<Outcome<TemplatesPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const place = await takeRegion(ctx, askedRegion);
  if (place === null) return refused('NOT_FOUND');
  const { tree } = await reachFor(ctx, 'template.manage');
  const uses = await usesOn(ctx.pool, place.region.id, dayOf(ctx.clock.now()));
  const lines = [...documentDesk(ctx).papers.values()]
    .filter(isRestylable)
    .map(({ code, title, area, format }) => ({
      code,
      title,
      area,
      format,
      use: wordUse(uses.get(code), place.region.id, tree),
    }));
  return done({ ...place, lines });
}

/** A paper whose template may be replaced; undefined for any other code. */
function restylable(ctx: ActorCtx, paperCode: string): PaperKind | undefined {
  const kind = documentDesk(ctx).papers.get(paperCode);
  return kind && isRestylable(kind) ? kind : undefined;
}

export interface TemplatePage {
  readonly region: { readonly id: string; readonly name: string };
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly paper: Pick<PaperKind, 'code' | 'title' | 'area' | 'format'>;
  readonly fields: readonly PaperField[];
  readonly lists: readonly string[];
  readonly use: UseInWords;
  /** The region's own choices that hold today or begin later. */
  readonly planned: readonly TemplateUse[];
  readonly versions: readonly TemplateVersion[];
  readonly today: Day;
}

/** One paper's templates: what is in use, the versions, the field list. Refusals: FORBIDDEN, NOT_FOUND. */
export async function templateView(
  ctx: ActorCtx,
  paperCode: string,
  askedRegion: string | null,
): Promise<Outcome<TemplatePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const kind = restylable(ctx, paperCode);
  const place = await takeRegion(ctx, askedRegion);
  if (kind === undefined || place === null) return refused('NOT_FOUND');
  const { tree } = await reachFor(ctx, 'template.manage');
  const today = dayOf(ctx.clock.now());
  const { id: regionId } = place.region;
  const versions = await listVersions(ctx.pool, paperCode, regionId);
  const named = new Set(versions.filter((one) => one.isReady).map((one) => one.contentHash));
  const { code, title, area, format } = kind;
  return done({
    ...place,
    paper: { code, title, area, format },
    fields: allFields(kind),
    lists: listNames(kind),
    use: wordUse((await usesOn(ctx.pool, regionId, today)).get(code), regionId, tree),
    planned: (await listUses(ctx.pool, code, regionId)).filter(
      ({ validTo }) => validTo === null || validTo > today,
    ),
    // A workbook whose columns have been named stands there once, with its columns.
    versions: versions.filter((one) => one.isReady || !named.has(one.contentHash)),
    today,
  });
}

export interface MappingPage {
  readonly version: TemplateVersion;
  readonly sheets: readonly SheetHead[];
  readonly lists: readonly { readonly name: string; readonly fields: readonly PaperField[] }[];
  /** Proposed fields by sheet, then by column. */
  readonly proposed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A workbook without fields, its sheets and heads as found, and which fields they probably mean. */
export async function mappingView(
  ctx: ActorCtx,
  asked: {
    readonly paperCode: string;
    readonly versionId: string;
    /** Head rows a person has chosen, by sheet. */
    readonly headRow: number | null;
    readonly list: string | null;
  },
): Promise<Outcome<MappingPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const taken = await takeVersion(ctx, asked);
  if (taken === null || taken.version.format !== 'xlsx') return refused('NOT_FOUND');
  const { version, kind } = taken;
  const names = listNames(kind);
  const list = names.find((name) => name === asked.list) ?? names[0] ?? '';
  const words = fieldsOfList(kind, list).map((field) => field.name);
  const sheets = await readSheetHeads(await loadContent(ctx.pool, version.contentHash), words, asked.headRow);
  return done({
    version,
    sheets,
    lists: names.map((name) => ({ name, fields: fieldsOfList(kind, name) })),
    proposed: Object.fromEntries(
      sheets.map((sheet) => [sheet.name, proposeColumns(kind, list, sheet.columns)]),
    ),
  });
}

/** Which template of a paper is asked for: the default, the one in use, or an uploaded version. */
export type AskedTemplate = 'default' | 'current' | { readonly versionId: string };

/**
 * A template as it is, or filled with the examples (`trial`), or the print of the examples (`print`). Refusals:
 * FORBIDDEN, NOT_FOUND, those of a template that cannot be filled.
 */
export async function templateFile(
  ctx: ActorCtx,
  asked: {
    readonly paperCode: string;
    readonly regionId: string | null;
    readonly template: AskedTemplate;
    readonly as: 'template' | 'trial' | 'print';
  },
): Promise<Outcome<ServedFile, 'FORBIDDEN' | 'NOT_FOUND' | TemplateRefusal>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const kind = restylable(ctx, asked.paperCode);
  const place = await takeRegion(ctx, asked.regionId);
  if (kind === undefined || place === null) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const example = exampleData(kind);
  const number = { documentNo: example.values[NUMBER_FIELD] ?? '', signedDay: today };
  const data = withNumber(example, number, today);
  if (asked.as === 'print') {
    const edge = { unitName: place.region.name, day: formatDay(today), mark: '试填样张' };
    const bytes = await drawPdf(kind, data, edge);
    return done({ fileName: fileNameOf(`${kind.title}（样张）`, 'pdf'), type: 'application/pdf', bytes });
  }
  const template = await askedTemplate(ctx, kind, place.region.id, asked.template);
  if (template === null) return refused('NOT_FOUND');
  const type = OFFICE_TYPES[template.format];
  if (asked.as === 'template')
    return done({
      fileName: fileNameOf(`${kind.title}（模板）`, template.format),
      type,
      bytes: template.bytes,
    });
  const filled = await fillPaper(kind, template, data);
  if (!filled.ok) return filled;
  const bytes = showPictures(kind, { format: template.format, bytes: filled.value }, NO_PICTURES);
  return done({ fileName: fileNameOf(`${kind.title}（试填）`, template.format), type, bytes });
}

async function askedTemplate(
  ctx: ActorCtx,
  kind: PaperKind,
  regionId: string,
  asked: AskedTemplate,
): Promise<Template | null> {
  if (asked === 'default') return defaultTemplate(kind);
  if (asked === 'current') return templateInUse(ctx.pool, kind, regionId, dayOf(ctx.clock.now()));
  const taken = await takeVersion(ctx, { paperCode: kind.code, versionId: asked.versionId });
  return taken === null ? null : templateOfVersion(ctx.pool, kind, taken.version.id);
}
