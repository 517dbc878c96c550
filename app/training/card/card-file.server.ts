import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { OFFICE_TYPES } from '#app/office/document/document-view.server.ts';
import { fileNameOf } from '#app/office/document/document.ts';
import { fillPaper, templateInUse } from '#app/office/document/fill-paper.server.ts';
import { drawPdf } from '#app/office/document/format/pdf.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import type { Card } from './card.ts';
import { TRAINING_CARD, TRAINING_CARD_SHEET, cardData } from './card-paper.ts';
import type { CardView, CardViewRefusal } from './card-view.server.ts';
import { viewCard, viewOwnCard } from './card-view.server.ts';

export const CARD_FORMATS = ['pdf', 'docx', 'xlsx'] as const;
export type CardFormat = (typeof CARD_FORMATS)[number];

export interface CardFile {
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type CardFileRefusal = CardViewRefusal | 'TEMPLATE_UNUSABLE';

/** What stands at the foot of each page: the seal once the year is closed. */
const markOf = (card: Card): string =>
  card.seal === null ? '未封账，仅供核对' : `封账编号 ${card.seal.sealNo}`;

/** With the template the region uses today; people without a unit get the platform's own. */
async function fill(
  ctx: ActorCtx,
  card: Card,
  format: 'docx' | 'xlsx',
): Promise<Outcome<CardFile, 'TEMPLATE_UNUSABLE'>> {
  const paper = format === 'docx' ? TRAINING_CARD : TRAINING_CARD_SHEET;
  const today = dayOf(ctx.clock.now());
  const { units, regions } = await currentTree(ctx);
  const regionId = units.get(card.person.unitId)?.regionId ?? [...regions.keys()][0] ?? '';
  const template = await templateInUse(ctx.pool, paper, regionId, today);
  const filled = await fillPaper(paper, template, cardData(card, formatDay(today)));
  if (!filled.ok) return refused('TEMPLATE_UNUSABLE');
  const fileName = fileNameOf(cardTitle(card), template.format);
  return done({ fileName, type: OFFICE_TYPES[template.format], bytes: filled.value });
}

export const cardTitle = ({ person, year }: Pick<Card, 'person' | 'year'>): string =>
  `业务培训登记卡（${person.name}，${year}年度）`;

async function fileOf(
  ctx: ActorCtx,
  { card, today }: CardView,
  format: CardFormat,
): Promise<Outcome<CardFile, 'TEMPLATE_UNUSABLE'>> {
  if (format !== 'pdf') return fill(ctx, card, format);
  const day = formatDay(today);
  const edge = { unitName: card.person.unitName, day, mark: markOf(card) };
  const bytes = await drawPdf(TRAINING_CARD, cardData(card, day), edge);
  return done({ fileName: fileNameOf(cardTitle(card), 'pdf'), type: 'application/pdf', bytes });
}

/** One's own card as a file. Refusals: FORBIDDEN; TEMPLATE_UNUSABLE. */
export async function ownCardFile(
  ctx: ActorCtx,
  asked: { readonly year: string | null; readonly format: CardFormat },
): Promise<Outcome<CardFile, CardFileRefusal>> {
  const view = await viewOwnCard(ctx, asked.year);
  return view.ok ? fileOf(ctx, view.value, asked.format) : view;
}

/** The card of a person in reach as a file; leaves a trace. Refusals: FORBIDDEN; NOT_FOUND; TEMPLATE_UNUSABLE. */
export async function cardFile(
  ctx: ActorCtx,
  asked: { readonly personId: string; readonly year: string | null; readonly format: CardFormat },
): Promise<Outcome<CardFile, CardFileRefusal>> {
  const view = await viewCard(ctx, asked.personId, asked.year);
  if (!view.ok) return view;
  const file = await fileOf(ctx, view.value, asked.format);
  if (!file.ok) return file;
  const { person, year } = view.value.card;
  return inTransaction<CardFile>(ctx, 'draw-card', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'hours.draw_card',
      subjectKind: 'person',
      subjectId: person.id,
      unitId: person.unitId === '' ? null : person.unitId,
      detail: { year, format: asked.format },
    });
    return file.value;
  });
}
