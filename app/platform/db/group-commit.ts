import { invariant } from '#app/platform/result/invariant.ts';

export interface GroupCommitOptions<Input, Output> {
  /** Statements under way at the same time; what arrives meanwhile waits and goes together. */
  readonly maxInFlight: number;
  /**
   * Items that must wait before another statement joins one under way, because many small ones cost more than they save;
   * one that takes longer than a moment (it may wait for a lock) is joined for any.
   */
  readonly worthAnother?: number | undefined;
  /** Most weight one statement carries; a single heavier item still goes, alone. */
  readonly maxWeight: number;
  weigh(item: Input): number;
  /** Whether a failed group of several is worth another try item by item, so that one bad item fails alone. */
  mayBeOneBadItem?(error: unknown): boolean;
  /** Does the work of all items at once and resolves after it is durable: one output per input, in their order. */
  run(items: readonly Input[]): Promise<readonly Output[]>;
}

interface Waiting<Input, Output> {
  readonly item: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/** After this time a statement under way no longer keeps others waiting. */
const MOMENT_MS = 50;

/**
 * Turns many small writes into few: what comes in one turn of the event loop goes together, the others gather while it is
 * under way. Everybody is
 * answered only after the statement that carried their item has ended; when it fails, all its items fail, unless each is
 * worth a try of its own.
 */
export function createGroupCommit<Input, Output>(
  options: GroupCommitOptions<Input, Output>,
): (item: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = [];
  let inFlight = 0;
  let isDue = false;
  let isMomentOver = false;
  let moment: NodeJS.Timeout | null = null;
  const { worthAnother = 1 } = options;

  const takeGroup = (): Waiting<Input, Output>[] => {
    let weight = 0;
    let count = 0;
    for (const { item } of waiting) {
      weight += options.weigh(item);
      if (count > 0 && weight > options.maxWeight) break;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  };

  const runGroup = async (group: readonly Waiting<Input, Output>[]): Promise<void> => {
    try {
      const outputs = await options.run(group.map(({ item }) => item));
      invariant(outputs.length === group.length, 'a group gives one output per item');
      // The invariant holds for every index; `as` only drops the undefined of an unchecked index.
      group.forEach((one, index) => one.resolve(outputs[index] as Output));
    } catch (error) {
      if (group.length > 1 && options.mayBeOneBadItem?.(error) === true)
        for (const one of group) await runGroup([one]);
      else group.forEach((one) => one.reject(error));
    }
  };

  const isWorthIt = (): boolean =>
    inFlight === 0 || isMomentOver ? waiting.length > 0 : waiting.length >= worthAnother;

  const pump = (): void => {
    isDue = false;
    while (inFlight < options.maxInFlight && isWorthIt()) {
      inFlight += 1;
      isMomentOver = false;
      void runGroup(takeGroup()).then(() => {
        inFlight -= 1;
        pump();
      });
    }
    if (waiting.length === 0 || inFlight >= options.maxInFlight) return;
    moment ??= setTimeout(() => {
      moment = null;
      isMomentOver = true;
      pump();
    }, MOMENT_MS);
  };

  return (item) =>
    new Promise<Output>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isDue) return;
      isDue = true;
      setImmediate(pump);
    });
}
