import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { liveBank } from '../bank/live-bank.server.ts';
import type { DrawableBank } from '../paper/draw-paper.ts';
import { arrangedSeed, drawQuestions, usableBank } from '../paper/draw-paper.ts';
import type { FrozenPaper } from '../paper/frozen-paper.ts';
import { paperHash } from '../paper/frozen-paper.ts';
import { examPorts } from '../ports.server.ts';
import { placeOf } from '../seating/seat-grid.ts';
import type { NeighbourMeasure, Pair, PaperItems, SeatedPaper } from './overlap.ts';
import { chooseArrangement, itemsOf, measureNeighbours, neighbourMap, neighbourPairs } from './overlap.ts';
import type { PaperMode, Variant } from './paper-mode.ts';
import { variantOf } from './paper-mode.ts';
import type { CustodySitting, NewPaper, SealCandidate } from './seal.store.server.ts';
import { listSealCandidates, listVariantPapers } from './seal.store.server.ts';
import { paperSeed } from './set-hash.ts';

/** Papers drawn and measured; nothing is written yet. */
export interface DrawnSet {
  readonly papers: readonly NewPaper[];
  readonly neighbours: NeighbourMeasure;
}

/** Papers between two pauses in which other requests of this process get their turn: some 30 ms. */
const PAPERS_PER_TURN = 8;

interface Order {
  readonly sitting: CustodySitting;
  readonly mode: PaperMode;
  readonly seed: string;
}

/** One paper as it was drawn, and the seed under which it is drawn again. */
interface Drawn {
  readonly seed: string;
  readonly paper: FrozenPaper;
  /** Content and hash as stored; made once for a set that many people share. */
  readonly content: string;
  readonly contentHash: string;
}

const stored = (seed: string, paper: FrozenPaper): Drawn => ({
  seed,
  paper,
  content: JSON.stringify(paper),
  contentHash: paperHash(paper),
});

function seatOf({
  registrationId,
  roomId,
  seatNo,
  seatRows,
  seatColumns,
}: SealCandidate): SeatedPaper | null {
  if (roomId === null || seatNo === null || seatRows === null || seatColumns === null) return null;
  const grid = { id: roomId, rows: seatRows, columns: seatColumns };
  return { registrationId, roomId, ...placeOf(grid, seatNo) };
}

/** Draws a paper in the order that shares least with its neighbours' papers. Refuses BANK_CANNOT_FEED. */
function drawBeside(
  bank: DrawableBank,
  order: Order,
  whose: string,
  neighbours: readonly PaperItems[],
): Outcome<Drawn, 'BANK_CANNOT_FEED'> {
  const seed = paperSeed(order.seed, whose);
  const questions = drawQuestions(bank, order.sitting.blueprint, seed);
  if (!questions.ok) return questions;
  const { arrangement, paper } = chooseArrangement(questions.value.arrange, neighbours);
  return done(stored(arrangedSeed(seed, arrangement), paper));
}

/** The two sets of a printed exam: those of an earlier seal as they were frozen, else two new ones. */
async function variantsOf(
  ctx: Pick<Ctx, 'pool'>,
  bank: DrawableBank,
  order: Order,
): Promise<Outcome<ReadonlyMap<Variant, Drawn>, 'BANK_CANNOT_FEED'>> {
  const earlier = await listVariantPapers(ctx.pool, order.sitting.id);
  const sets = new Map(earlier.map((one) => [one.variant, stored(one.seed, one.content)]));
  for (const variant of ['A', 'B'] as const) {
    if (sets.has(variant)) continue;
    const other = [...sets.values()].map((one) => itemsOf(one.paper));
    const drawn = drawBeside(bank, order, `variant ${variant}`, other);
    if (!drawn.ok) return drawn;
    sets.set(variant, drawn.value);
  }
  return done(sets);
}

/** Whether the course was completed by now, so that the start needs not ask again; null where none is asked for. */
async function preconditionOf(
  ctx: Pick<Ctx, 'pool'>,
  sitting: CustodySitting,
  personId: string,
): Promise<boolean | null> {
  if (sitting.preconditionCourse === null) return null;
  const { precondition } = examPorts(ctx.pool);
  return (await precondition.hasCompleted(ctx.pool, personId, sitting.preconditionCourse)) || null;
}

/** Everybody of the sitting with seat and neighbours, and the papers on their desks so far. */
interface Hall {
  readonly candidates: readonly SealCandidate[];
  readonly seats: readonly (SeatedPaper | null)[];
  readonly pairs: readonly Pair[];
  readonly onDesk: Map<string, PaperItems>;
}

async function hallOf(ctx: Pick<Ctx, 'pool'>, sittingId: string): Promise<Hall> {
  const candidates = await listSealCandidates(ctx.pool, sittingId);
  const seats = candidates.map(seatOf);
  return {
    candidates,
    seats,
    pairs: neighbourPairs(seats.flatMap((seat) => seat ?? [])),
    onDesk: new Map(
      candidates.flatMap((one) => (one.paperItems ? [[one.registrationId, one.paperItems] as const] : [])),
    ),
  };
}

/** How alike the papers of neighbours are as people sit now: seats may have changed since the seal kept its measure. */
export async function measureHall(ctx: Pick<Ctx, 'pool'>, sittingId: string): Promise<NeighbourMeasure> {
  const { pairs, onDesk } = await hallOf(ctx, sittingId);
  return measureNeighbours(pairs, onDesk);
}

/**
 * Draws the first paper of everybody who is approved and has none, each from a seed of its own that follows from the
 * seal's. Neighbouring desks get orders that share no position where that is possible. Slow by intention: it lets other
 * requests of the process through every few papers. Refuses BANK_CANNOT_FEED with what is `missing`.
 */
export async function drawSet(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  order: Order,
): Promise<Outcome<DrawnSet, 'BANK_CANNOT_FEED'>> {
  const { sitting } = order;
  const { laws } = examPorts(ctx.pool);
  const bank = usableBank({ questions: await liveBank(ctx), laws, day: dayOf(sitting.opensAt) });
  const hall = await hallOf(ctx, sitting.id);
  const variants = order.mode === 'ab' ? await variantsOf(ctx, bank, order) : null;
  if (variants !== null && !variants.ok) return variants;
  const beside = neighbourMap(hall.pairs);
  const papers: NewPaper[] = [];
  for (const [turn, { registrationId, personId, paperItems }] of hall.candidates.entries()) {
    if (paperItems !== null) continue;
    const variant = variants === null ? null : variantOf(hall.seats[turn] ?? null, turn);
    const neighbours = (beside.get(registrationId) ?? []).flatMap((id) => {
      const items = hall.onDesk.get(id);
      return items ? [items] : [];
    });
    const drawn =
      variants === null || variant === null
        ? drawBeside(bank, order, registrationId, neighbours)
        : done(setFor(variants.value, variant));
    if (!drawn.ok) return drawn;
    hall.onDesk.set(registrationId, itemsOf(drawn.value.paper));
    const isPreconditionMet = await preconditionOf(ctx, sitting, personId);
    papers.push(newPaper(registrationId, drawn.value, { variant, isPreconditionMet }));
    if (papers.length % PAPERS_PER_TURN === 0) await setImmediate();
  }
  return done({ papers, neighbours: measureNeighbours(hall.pairs, hall.onDesk) });
}

function newPaper(
  registrationId: string,
  { seed, paper, content, contentHash }: Drawn,
  more: Pick<NewPaper, 'variant' | 'isPreconditionMet'>,
): NewPaper {
  const itemCount = paper.items.length;
  return { id: newId<'Paper'>(), registrationId, seed, content, contentHash, itemCount, ...more };
}

function setFor(variants: ReadonlyMap<Variant, Drawn>, variant: Variant): Drawn {
  const drawn = variants.get(variant);
  invariant(drawn, 'both sets were drawn before they are given out');
  return drawn;
}
