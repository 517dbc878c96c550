/** The one source of "now". Rules never ask it: they receive `now` from the command that holds the clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; for tests and for the demo seed. */
export interface FixedClock extends Clock {
  set(instant: string | Date): void;
  advanceSeconds(seconds: number): void;
}

export function fixedClock(start: string | Date): FixedClock {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set: (instant) => {
      at = new Date(instant);
    },
    advanceSeconds: (seconds) => {
      at = new Date(at.getTime() + seconds * 1000);
    },
  };
}
