import { formatHours } from '../text/format.ts';

/** Credit seconds as 学时 in tabular figures: `12.33 学时`. */
export function HoursText({ creditSeconds }: { creditSeconds: number }) {
  return <span className="whitespace-nowrap tabular-nums">{formatHours(creditSeconds)}</span>;
}
