import { invariant } from '#app/platform/result/invariant.ts';
import type { QuestionType, Section } from '../bank/question.ts';
import type { BlueprintSpec } from './blueprint.ts';
import { itemCount, sectionBounds } from './blueprint.ts';
import type { DrawRandom } from './draw-random.ts';
import type { FlowEdge } from './min-cost-flow.ts';
import { minCostFlow } from './min-cost-flow.ts';

/** Questions the bank can offer per part of the syllabus and type, at most one per knowledge point. */
export type Supply = (section: Section, type: QuestionType) => number;

export interface Cell {
  readonly section: Section;
  readonly type: QuestionType;
  readonly count: number;
}

/** What the bank lacks: of a type, of a part of the syllabus, or of their combination. */
export type Shortage =
  | {
      readonly kind: 'type';
      readonly type: QuestionType;
      readonly needed: number;
      readonly available: number;
    }
  /** `available`: as many as fit beside the other sections and the type counts. */
  | {
      readonly kind: 'section';
      readonly section: Section;
      readonly needed: number;
      readonly available: number;
    }
  | { readonly kind: 'combination'; readonly type: QuestionType; readonly missing: number };

export type Allocation =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly shortages: readonly Shortage[] };

/** Outweighs every other cost, so that the least of each section is filled before anything else is weighed. */
const LEAST_FIRST = -1_000_000;
/** Neighbouring units differ by 200 in cost; noise far below that only breaks ties between sections. */
const NOISE = 8;

/** Added cost of the nth unit when `wish` hundredths of an item are wished: the square of the distance, step by step. */
const costOfUnit = (nth: number, wish: number): number => (2 * nth - 1) * 100 - 2 * wish;

interface Network {
  readonly edges: FlowEdge[];
  readonly sections: readonly Section[];
  readonly cells: readonly { section: Section; type: QuestionType; edgeIndexes: readonly number[] }[];
  readonly sectionEdges: ReadonlyMap<Section, readonly number[]>;
  readonly typeEdges: ReadonlyMap<QuestionType, number>;
}

/**
 * Source → sections → types → sink. One unit of flow is one item. A section's edge is split into units whose cost rises
 * away from its wished share, with its least made urgent; so are the edges section → type around a proportional mix.
 */
function buildNetwork(spec: BlueprintSpec, supply: Supply, random: DrawRandom): Network {
  const sections = Object.keys(spec.sectionPercent) as Section[];
  const total = itemCount(spec);
  const edges: FlowEdge[] = [];
  const add = (from: number, to: number, capacity: number, cost: number): number =>
    edges.push({ from, to, capacity, cost }) - 1;
  const typeNode = (index: number): number => 1 + sections.length + index;
  const sink = 1 + sections.length + spec.parts.length;
  const sectionEdges = new Map<Section, readonly number[]>();
  const cells: { section: Section; type: QuestionType; edgeIndexes: readonly number[] }[] = [];
  for (const [at, section] of sections.entries()) {
    const { least, most } = sectionBounds(spec, section);
    const wish = spec.sectionPercent[section] * total;
    const units = Array.from({ length: most }, (_, k) =>
      add(0, 1 + at, 1, costOfUnit(k + 1, wish) + random.below(NOISE) + (k < least ? LEAST_FIRST : 0)),
    );
    sectionEdges.set(section, units);
    for (const [index, part] of spec.parts.entries()) {
      const cellWish = Math.round((wish * part.count) / total);
      const capacity = Math.min(supply(section, part.type), part.count, most);
      const edgeIndexes = Array.from({ length: capacity }, (_, k) =>
        add(1 + at, typeNode(index), 1, costOfUnit(k + 1, cellWish) + random.below(NOISE)),
      );
      cells.push({ section, type: part.type, edgeIndexes });
    }
  }
  const typeEdges = new Map(
    spec.parts.map((part, index) => [part.type, add(typeNode(index), sink, part.count, 0)]),
  );
  return { edges, sections, cells, sectionEdges, typeEdges };
}

const used = (flow: readonly number[], indexes: readonly number[]): number =>
  indexes.reduce((sum, index) => sum + (flow[index] ?? 0), 0);

/** Shortages that stand for themselves come first; a combination is named only where nothing simpler explains the gap. */
function shortagesOf(
  spec: BlueprintSpec,
  supply: Supply,
  network: Network,
  flow: readonly number[],
): Shortage[] {
  const ofType = spec.parts.flatMap(({ type, count }): Shortage[] => {
    const available = network.sections.reduce((sum, section) => sum + supply(section, type), 0);
    return available < count ? [{ kind: 'type', type, needed: count, available }] : [];
  });
  const ofSection = network.sections.flatMap((section): Shortage[] => {
    const { least } = sectionBounds(spec, section);
    const available = used(flow, network.sectionEdges.get(section) ?? []);
    return available < least ? [{ kind: 'section', section, needed: least, available }] : [];
  });
  if (ofType.length + ofSection.length > 0) return [...ofType, ...ofSection];
  return spec.parts.flatMap(({ type, count }): Shortage[] => {
    const missing = count - used(flow, [network.typeEdges.get(type) ?? -1]);
    return missing > 0 ? [{ kind: 'combination', type, missing }] : [];
  });
}

/**
 * How many items of each section and type a paper takes: type counts exactly, section shares within one item. Found by
 * minimum-cost flow, so it is refused only when no such mix exists; then it names what is missing.
 */
export function allocate(spec: BlueprintSpec, supply: Supply, random: DrawRandom): Allocation {
  const network = buildNetwork(spec, supply, random);
  const sink = 1 + network.sections.length + spec.parts.length;
  const { flow, amount } = minCostFlow(sink + 1, network.edges, { source: 0, sink });
  const shortages = shortagesOf(spec, supply, network, flow);
  if (shortages.length > 0) return { ok: false, shortages };
  invariant(amount === itemCount(spec), 'a mix without shortages fills the paper');
  const cells = network.cells.map(({ section, type, edgeIndexes }) => ({
    section,
    type,
    count: used(flow, edgeIndexes),
  }));
  return { ok: true, cells: cells.filter((cell) => cell.count > 0) };
}
