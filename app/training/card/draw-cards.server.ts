import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { BatchRefusal } from '#app/office/document/draw-batch.server.ts';
import { startBatch } from '#app/office/document/draw-batch.server.ts';
import { MAX_BATCH_ITEMS } from '#app/office/document/limits.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import type { CardFormat } from './card-file.server.ts';
import { cardTitle } from './card-file.server.ts';
import { TRAINING_CARD, TRAINING_CARD_PDF, TRAINING_CARD_SHEET, cardData } from './card-paper.ts';
import type { CardsQuery } from './cards-table.ts';
import type { ChosenPerson } from './cards-view.server.ts';
import { listMatching, listTicked } from './cards-view.server.ts';
import { readCards } from './read-cards.server.ts';

export interface DrawCardsInput {
  readonly year: number;
  readonly format: CardFormat;
  /** Ticked people, or everybody the filter matches. */
  readonly chosen: { readonly personIds: readonly string[] } | { readonly query: CardsQuery };
  readonly commandId: string;
}

export type DrawCardsRefusal = BatchRefusal | 'SEVERAL_PLACES';

const PAPERS: Readonly<Record<CardFormat, PaperKind>> = {
  docx: TRAINING_CARD,
  xlsx: TRAINING_CARD_SHEET,
  pdf: TRAINING_CARD_PDF,
};

interface Place {
  readonly regionId: string;
  readonly unitId: string | null;
  readonly title: string;
}

/** Where the batch belongs: the one unit of all, else the region of all, whose bureau alone may draw it. */
async function placeOf(
  ctx: ActorCtx,
  people: readonly ChosenPerson[],
): Promise<Outcome<Place, 'SEVERAL_PLACES' | 'NOT_FOUND'>> {
  const { tree } = await reachFor(ctx, 'hours.read_card');
  const units = [...new Set(people.map((person) => person.unitId))].flatMap((id) => tree.units.get(id) ?? []);
  const [first] = units;
  if (first === undefined) return refused('NOT_FOUND');
  if (units.length === 1) return done({ regionId: first.regionId, unitId: first.id, title: first.name });
  const { regionIds } = await reachFor(ctx, 'document.draw');
  const isOneRegion = units.every((unit) => unit.regionId === first.regionId);
  if (!isOneRegion || !regionIds.has(first.regionId)) return refused('SEVERAL_PLACES');
  return done({
    regionId: first.regionId,
    unitId: null,
    title: tree.regions.get(first.regionId)?.name ?? '',
  });
}

/**
 * 业务培训登记卡 of many people in one zip, drawn in the background with progress. People outside the reach are left out.
 * Refusals: FORBIDDEN; NOT_FOUND; BATCH_EMPTY, BATCH_TOO_LARGE; SEVERAL_PLACES; COMMAND_REUSED.
 */
export async function drawCards(
  ctx: ActorCtx,
  input: DrawCardsInput,
): Promise<Outcome<{ batchId: string }, DrawCardsRefusal>> {
  if (!mayDo(ctx, 'hours.read_card') || !mayDo(ctx, 'document.draw')) return refused('FORBIDDEN');
  const { year, chosen, commandId } = input;
  const people =
    'query' in chosen
      ? await listMatching(ctx, year, chosen.query, MAX_BATCH_ITEMS)
      : await listTicked(ctx, year, chosen.personIds);
  if (people.length === 0) return refused('BATCH_EMPTY');
  if (people.length > MAX_BATCH_ITEMS) return refused('BATCH_TOO_LARGE', { most: MAX_BATCH_ITEMS });
  const place = await placeOf(ctx, people);
  if (!place.ok) return place;
  const { title, ...where } = place.value;
  const paper = PAPERS[input.format];
  const day = formatDay(dayOf(ctx.clock.now()));
  const cards = await readCards(
    ctx,
    people.map((person) => person.id),
    year,
  );
  return startBatch(ctx, {
    title: `${year}年度业务培训登记卡（${title}）`,
    subject: { kind: 'card_year', id: `${where.unitId ?? where.regionId}:${year}` },
    ...where,
    items: cards.map((card) => ({
      paper,
      subject: { kind: 'person_year', id: `${card.person.id}:${year}` },
      title: cardTitle(card),
      folder: where.unitId === null ? card.person.unitName : '',
      data: cardData(card, day),
    })),
    commandId,
  });
}
