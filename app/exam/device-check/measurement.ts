/** Abilities of a browser that the exam page uses; without one of them something is lost, never the exam itself. */
export const ABILITIES = [
  'indexed_db',
  'service_worker',
  'web_crypto',
  'broadcast_channel',
  'locks',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** What a machine measured of itself. Milliseconds, bytes and CSS pixels. A type, so that it is plain JSON as it stands. */
export type Measurements = {
  readonly browser: {
    /** Such as `Chromium`; the empty text when it does not say. */
    readonly name: string;
    /** Main version; null when it does not say. */
    readonly version: number | null;
    readonly missing: readonly Ability[];
  };
  readonly storage: {
    /** How long it took to keep an answer and to find it again; null when that failed. */
    readonly keptMs: number | null;
    /** What the browser says it may still keep; null when it does not say. */
    readonly freeBytes: number | null;
  };
  /** True when a page was kept by the exam's service worker and found again. */
  readonly isPageKept: boolean;
  /** Device's clock minus the server's; null when the server could not be asked. */
  readonly clockOffsetMs: number | null;
  readonly network: { readonly roundTripsMs: readonly number[]; readonly failures: number };
  readonly screen: { readonly width: number; readonly height: number; readonly pixelRatio: number };
  /** `skipped`: the person has said there is no keyboard, or has not tried it. */
  readonly keyboard: 'works' | 'skipped';
};
