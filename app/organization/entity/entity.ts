import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';

/** How a body holds enforcement power (行政处罚法 §17 organ, §19 authorised, §§20–21 entrusted). */
export const ENTITY_TYPES = ['organ', 'authorised', 'entrusted'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const ENTITY_TYPE_LABELS: Readonly<Record<EntityType, string>> = {
  organ: '法定行政机关',
  authorised: '法律法规授权组织',
  entrusted: '受委托组织',
};

const shortText = z.string().max(200).nullable().default(null);
const day = z
  .string()
  .refine((text) => parseDay(text) !== null, 'not a day')
  .nullable()
  .default(null);

/** What is asked of an entity beside name, type and basis (domain.md §11.3, 主体名录). Kept in `entity_version.details`. */
export const entityDetailsSchema = z.object({
  legalRepresentative: shortText,
  address: shortText,
  phone: shortText,
  entrustedFrom: day,
  entrustedUntil: day,
});
export type EntityDetails = z.infer<typeof entityDetailsSchema>;

export const NO_DETAILS: EntityDetails = entityDetailsSchema.parse({});

/** What a unit states about an entity. */
export interface EntityStatement {
  readonly name: string;
  readonly entityType: EntityType;
  readonly legalBasis: string;
  /** The organ in whose name an entrusted body acts; null for the others. */
  readonly entrustingUnitId: string | null;
  /** 统一社会信用代码; null where unknown. */
  readonly creditCode: string | null;
  readonly details: EntityDetails;
}

/** An entity as it stands on a day. */
export interface EntityRecord extends EntityStatement {
  readonly entityId: string;
  readonly unitId: string;
  readonly confirmationNo: string | null;
  readonly announcedDay: Day | null;
}
