/** A place in a lesson as the device keeps it: the heading, and when it was read by the server's clock. */
export interface DevicePlace {
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds, reckoned from the server's answer; 0 where it was not kept yet. */
  readonly at: number;
}

/** The place of the newest page of this lesson that was scrolled at all, on whichever device, as the beats told it. */
export interface ServerPlace {
  /** How far down the page, 1 … 1000. */
  readonly permille: number;
  /** Epoch milliseconds of the last beat there. */
  readonly at: number;
}

/** Beats go on after the last scroll; for so long the device's own, exact place is as good as the server's. */
const AS_NEW_MS = 60_000;

/** Whose place is shown: the device's own wins unless the person has read on elsewhere since. */
export function placeShown(
  device: DevicePlace | null,
  server: ServerPlace | null,
): 'device' | 'server' | null {
  if (server === null) return device === null ? null : 'device';
  if (device === null) return 'server';
  return device.at + AS_NEW_MS >= server.at ? 'device' : 'server';
}

/** Where a page stands while it is measured. */
export interface PageShape {
  /** Height of the window in pixels. */
  readonly window: number;
  /** Height of the whole page in pixels. */
  readonly page: number;
}

/**
 * Which heading stood above the reading line when the page was so far down. Fonts and windows differ between devices, so
 * this is the section, not the line. @param tops distance of each heading from the top of the page
 * @param lineShare part of the window above the reading line
 * @returns index of the heading; -1 before the first
 */
export function headingAt(
  tops: readonly number[],
  permille: number,
  shape: PageShape,
  lineShare: number,
): number {
  const way = Math.max(shape.page - shape.window, 0);
  const line = (way * permille) / 1000 + shape.window * lineShare;
  return tops.filter((top) => top <= line).length - 1;
}
