/** Who may import whom (README.md, "Rules of the house"). Pure, so that tests can plant a forbidden import. */
export interface ImportEdge {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isReexport: boolean;
}

/** Floors from the ground up; imports only go down, training and exam stand side by side. */
const FLOORS: readonly (readonly string[])[] = [
  ['platform'],
  ['organization'],
  ['accounts'],
  ['office'],
  ['training', 'exam'],
  ['certificate'],
  ['reporting'],
  ['shell', 'demo'],
];
const TOP = FLOORS.length;

/** Parts that touch generated database code. */
const CLIENT_DIR = 'app/platform/db/.server/';

export function sliceOf(file: string): string | null {
  const match = /^app\/([a-z-]+)\//.exec(file);
  return match?.[1] ?? null;
}

function floorOf(file: string): number {
  const slice = sliceOf(file);
  if (slice === null) return TOP;
  const floor = FLOORS.findIndex((names) => names.includes(slice));
  return floor === -1 ? TOP : floor;
}

type Kind = 'rule' | 'store' | 'command' | 'route' | 'ui' | 'client';

/** The kind of file, read from its name and folder (style: five kinds of file in every room). */
export function kindOf(file: string): Kind {
  if (/\/(routes|layouts)\//.test(file) || file === 'app/root.tsx') return 'route';
  if (/\.store\.server\.tsx?$/.test(file)) return 'store';
  if (/\.server\.tsx?$/.test(file)) return 'command';
  if (/\/client\//.test(file)) return 'client';
  if (/\/ui\//.test(file) || file.endsWith('.tsx')) return 'ui';
  return 'rule';
}

const isServerFile = (file: string): boolean => /\.server\.tsx?$/.test(file);
const isOwn = (target: string): boolean => /^(app|scripts|test)\//.test(target);

/** Packages that must not be pulled in by pure rules. */
const IO_PACKAGES =
  /^(node:(fs|net|http|https|child_process|worker_threads|dns)|pg|express|@prisma\/|pg-boss|lucia|@remix-run\/(node|express|react)|react|react-dom)/;

function floorProblem(edge: ImportEdge): string | null {
  const [from, to] = [floorOf(edge.from), floorOf(edge.to)];
  if (!edge.to.startsWith('app/') || edge.from.startsWith('scripts/')) return null;
  // What the root knows of the browser (theme, request id) is typed by its loader, for the frames below.
  if (edge.isType && edge.to === 'app/root.tsx') return null;
  if (to > from) return 'imports upwards';
  if (to === from && from < TOP && sliceOf(edge.from) !== sliceOf(edge.to))
    return 'imports its neighbour slice';
  return null;
}

function kindProblem(edge: ImportEdge): string | null {
  if (!edge.from.startsWith('app/')) return null;
  const from = kindOf(edge.from);
  const fromSlice = sliceOf(edge.from);
  const sameSlice = fromSlice !== null && fromSlice === sliceOf(edge.to);
  if (edge.to.startsWith(CLIENT_DIR)) {
    const allowed = edge.from.startsWith('app/platform/db/');
    return allowed ? null : 'uses the generated client outside platform/db';
  }
  if (from === 'rule' && fromSlice !== null && fromSlice !== 'platform') {
    if (isOwn(edge.to) && isServerFile(edge.to) && !edge.isType) return 'is a rule and imports server code';
    if (!isOwn(edge.to) && IO_PACKAGES.test(edge.to) && !edge.isType) return 'is a rule and imports I/O';
  }
  if ((from === 'ui' || from === 'client') && isServerFile(edge.to) && !edge.isType)
    return 'is browser code and imports server code';
  if (from === 'route' && fromSlice !== 'shell') {
    if (kindOf(edge.to) === 'store' && !edge.isType)
      return 'is a route and imports a store: call a command or view';
    const lowerSlice = sliceOf(edge.to);
    const foreignServer =
      isServerFile(edge.to) && !sameSlice && !['platform', 'accounts'].includes(lowerSlice ?? '');
    if (foreignServer && !edge.isType) return "is a route and imports another slice's server code";
  }
  if (
    from === 'store' &&
    isOwn(edge.to) &&
    kindOf(edge.to) === 'command' &&
    !edge.isType &&
    sameSlice &&
    fromSlice !== 'platform'
  )
    return 'is a store and imports a command or view';
  return null;
}

/** Problems of one import, as lines for people. */
export function violationsOf(edge: ImportEdge): string[] {
  const problems: (string | null)[] = [];
  if (edge.from.startsWith('app/') && /^(scripts|test)\//.test(edge.to))
    problems.push('imports scripts or tests');
  if (edge.from.startsWith('scripts/') && edge.to.startsWith('test/')) problems.push('imports tests');
  if (isOwn(edge.to) && /\/index\.tsx?$/.test(edge.to)) problems.push('imports a barrel');
  if (
    edge.isReexport &&
    isOwn(edge.to) &&
    !edge.from.includes('/routes/') &&
    edge.from !== 'app/entry.server.tsx'
  )
    problems.push('re-exports: import the file that has the thing');
  problems.push(floorProblem(edge), kindProblem(edge));
  return problems.flatMap((text) => (text === null ? [] : [`${edge.from} ${text} (${edge.to})`]));
}

/** Cycles among run-time imports, each named once by its files. */
export function findCycles(edges: readonly ImportEdge[]): string[] {
  const graph = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.isType || !isOwn(edge.to)) continue;
    graph.set(edge.from, [...(graph.get(edge.from) ?? []), edge.to]);
  }
  const done = new Set<string>();
  const cycles = new Set<string>();
  const visit = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file);
    if (at !== -1) {
      cycles.add(`cycle: ${[...trail.slice(at), file].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return [...cycles];
}
