import { z } from 'zod';
import { BASES } from '#app/organization/rules/rule-basis.ts';
import type { Reason } from './eligibility.ts';
import { SANCTIONS } from './sanction.ts';

const REASON_CODES = [
  'NOT_IN_POST',
  'NOT_OF_UNIT',
  'ESTABLISHMENT_NOT_ADMITTED',
  'UNIT_IS_NO_ENTITY',
  'ASSESSMENT_FAILED',
  'SANCTION_IN_FORCE',
  'BARRED',
  'REGISTERED_ELSEWHERE',
  'NOT_ENFORCEMENT_POST',
  'SECONDED',
  'AWAY',
  'COURSE_NOT_COMPLETED',
  'QUALIFIED_ALREADY',
  'HOLDS_CARD',
  'HOLDS_NO_CARD',
  'WARNED',
  'MAY_BE_EXEMPT',
  'DEFERRED_BEFORE',
  'NO_PHOTO',
] as const satisfies readonly Reason['code'][];

/** Reasons as they stand beside a registration: kept as judged, never recomputed in silence. */
export const storedReasons = z.array(
  z.object({
    code: z.enum(REASON_CODES),
    weight: z.enum(['refuses', 'look', 'note']),
    text: z.string(),
    source: z.string(),
    basis: z.enum(BASES),
  }),
);

/** What the unit declared beside a registration. */
export const storedDeclaration = z.object({
  sanction: z.object({ kind: z.enum(SANCTIONS), fromDay: z.string() }).nullish(),
});
