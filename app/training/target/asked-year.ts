/** `?year=2026`; anything else asks for no particular year. */
export function askedYearOf(url: string): number | null {
  const text = /^20\d{2}$/.exec(new URL(url).searchParams.get('year') ?? '')?.[0];
  return text === undefined ? null : Number(text);
}
