export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  /** Integer ≥ 0. */
  readonly capacity: number;
  /** Integer, may be negative; the network as given has no negative cycle. */
  readonly cost: number;
}

export interface Flow {
  /** Units on each edge, in the order given. */
  readonly flow: readonly number[];
  readonly amount: number;
}

/**
 * Largest flow from source to sink and, among the largest, one of least cost: successive shortest paths with
 * Bellman–Ford. Meant for small networks (hundreds of edges); integer in, integer out, the same result every time.
 */
export function minCostFlow(
  nodeCount: number,
  edges: readonly FlowEdge[],
  ends: { source: number; sink: number },
): Flow {
  const flow = edges.map(() => 0);
  let amount = 0;
  for (;;) {
    const path = cheapestPath(nodeCount, edges, flow, ends);
    if (!path) return { flow, amount };
    const room = Math.min(...path.map((step) => stepRoom(edges, flow, step)));
    for (const { edge, isForward } of path) flow[edge] = (flow[edge] ?? 0) + (isForward ? room : -room);
    amount += room;
  }
}

interface Step {
  readonly edge: number;
  readonly isForward: boolean;
}

function stepRoom(edges: readonly FlowEdge[], flow: readonly number[], step: Step): number {
  const used = flow[step.edge] ?? 0;
  return step.isForward ? (edges[step.edge]?.capacity ?? 0) - used : used;
}

/** Edges with room from source to sink in order, forwards or taking flow back; null when the sink is out of reach. */
function cheapestPath(
  nodeCount: number,
  edges: readonly FlowEdge[],
  flow: readonly number[],
  { source, sink }: { source: number; sink: number },
): Step[] | null {
  const distance = Array.from({ length: nodeCount }, (_, node) => (node === source ? 0 : Infinity));
  const cameBy = Array.from<Step | null>({ length: nodeCount }).fill(null);
  const relax = (from: number, to: number, cost: number, step: Step): boolean => {
    const reached = (distance[from] ?? Infinity) + cost;
    if (reached >= (distance[to] ?? Infinity)) return false;
    distance[to] = reached;
    cameBy[to] = step;
    return true;
  };
  for (let round = 0, improved = true; improved && round < nodeCount; round += 1) {
    improved = false;
    for (const [index, edge] of edges.entries()) {
      const used = flow[index] ?? 0;
      if (used < edge.capacity)
        improved = relax(edge.from, edge.to, edge.cost, { edge: index, isForward: true }) || improved;
      if (used > 0)
        improved = relax(edge.to, edge.from, -edge.cost, { edge: index, isForward: false }) || improved;
    }
  }
  return distance[sink] === Infinity ? null : walkBack(edges, cameBy, source, sink);
}

function walkBack(
  edges: readonly FlowEdge[],
  cameBy: readonly (Step | null)[],
  source: number,
  sink: number,
): Step[] {
  const path: Step[] = [];
  for (let node = sink; node !== source;) {
    const step = cameBy[node];
    const edge = step ? edges[step.edge] : undefined;
    if (!step || !edge) return [];
    path.unshift(step);
    node = step.isForward ? edge.from : edge.to;
  }
  return path;
}
