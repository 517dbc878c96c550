import { z } from 'zod';
import { CORRECTABLE } from '../register/correction.ts';
import { ABSENCE_KINDS } from './absence.ts';
import { LEAVING_REASONS } from './leaving.ts';

/** The facts this room appends, as the slices above read them. */

const succession = z.object({ from: z.string(), to: z.string().nullable() });

/** `organization.units_changed`, key = id of the act. */
export const unitsChangedFact = z.object({
  changeId: z.string(),
  kind: z.string(),
  unitIds: z.array(z.string()),
  day: z.string(),
  documentNo: z.string(),
  /** Units and regions that ended, each with what took its place. */
  successors: z.array(succession),
  regionSuccessors: z.array(succession),
  /** Units that go on in another region. */
  regionsOfUnits: z.array(z.object({ unitId: z.string(), regionId: z.string() })),
  decidedBy: z.string().nullable(),
});
export type UnitsChangedFact = z.infer<typeof unitsChangedFact>;

/** `organization.person_left`, key = person, day and ended link. */
export const personLeftFact = z.object({
  personId: z.string(),
  unitId: z.string(),
  awayFromDay: z.string(),
  reason: z.enum(LEAVING_REASONS),
  sourceKind: z.string(),
  sourceId: z.string(),
});

/** `organization.person_moved`, key = transfer, or act and person. */
export const personMovedFact = z.object({
  personId: z.string(),
  fromUnitId: z.string(),
  toUnitId: z.string(),
  fromDay: z.string(),
});

/** `organization.person_corrected`, key = correction. Names the fields, never their values. */
export const personCorrectedFact = z.object({
  personId: z.string(),
  fields: z.array(z.enum(CORRECTABLE)),
});

/** `organization.absence_changed`, key = absence and state. */
export const absenceChangedFact = z.object({
  personId: z.string(),
  absenceId: z.string(),
  kind: z.enum(ABSENCE_KINDS),
  state: z.enum(['began', 'ended']),
  fromDay: z.string(),
  expectedReturnDay: z.string(),
  cardKeeper: z.string().nullable(),
});
export type AbsenceChangedFact = z.infer<typeof absenceChangedFact>;
