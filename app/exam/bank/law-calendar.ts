import type { Day } from '#app/platform/time/day.ts';

export interface LawVersion {
  /** Day of adoption or last amendment, which names the version. */
  readonly version: Day;
  /** Null where the text does not state it: the version then counts from its own day. */
  readonly inForceFrom: Day | null;
}

export interface Law {
  readonly name: string;
  readonly articleCount: number;
  readonly versions: readonly LawVersion[];
}

/** The laws the bank may cite, by short name. */
export type LawCalendar = ReadonlyMap<string, Law>;

const effectiveFrom = (version: LawVersion): Day => version.inForceFrom ?? version.version;

/**
 * True when `version` of the law is the one in force on `day`: it has come into force, and no later version has.
 * Unknown laws and versions are not in force (domain.md §5.4: such items are kept out of a paper).
 */
export function isVersionInForce(laws: LawCalendar, law: string, version: Day, day: Day): boolean {
  const inForce = (laws.get(law)?.versions ?? []).filter((known) => effectiveFrom(known) <= day);
  const newest = inForce.reduce<LawVersion | null>(
    (last, known) => (last === null || known.version > last.version ? known : last),
    null,
  );
  return newest !== null && newest.version === version;
}

export type CitationFault = 'LAW_UNKNOWN' | 'ARTICLE_UNKNOWN' | 'VERSION_UNKNOWN';

/** Null when the cited law, article and version exist, in force or not. */
export function citationFault(
  laws: LawCalendar,
  citation: { readonly law: string; readonly article: number; readonly lawVersion: Day },
): CitationFault | null {
  const law = laws.get(citation.law);
  if (!law) return 'LAW_UNKNOWN';
  if (citation.article < 1 || citation.article > law.articleCount) return 'ARTICLE_UNKNOWN';
  return law.versions.some((known) => known.version === citation.lawVersion) ? null : 'VERSION_UNKNOWN';
}
