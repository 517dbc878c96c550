/** What the trend chart computes. Pure, in basis points. */

export interface TrendPoint {
  key: string;
  /** `9月` */
  label: string;
  /** basis points reached; null where nothing is known yet */
  value: number | null;
  /** basis points expected; null where the value is known */
  forecast: number | null;
}

/** Joins the forecast to the last known value, so that its line begins where the known one ends. */
export function joinForecast(points: readonly TrendPoint[]): TrendPoint[] {
  const last = points.map((point) => point.value !== null).lastIndexOf(true);
  const hasForecast = points.some((point) => point.forecast !== null);
  return points.map((point, index) =>
    index === last && hasForecast ? { ...point, forecast: point.value } : point,
  );
}
