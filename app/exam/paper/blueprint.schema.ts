import { z } from 'zod';
import { DIFFICULTIES, QUESTION_TYPES, SECTIONS } from '../bank/question.ts';
import type { BlueprintSpec } from './blueprint.ts';

const percent = z.int().min(0).max(100);
const sumsToHundred = (shares: Readonly<Record<string, number>>): boolean =>
  Object.values(shares).reduce((sum, share) => sum + share, 0) === 100;

/** The `spec` column. */
export const blueprintSpec: z.ZodType<BlueprintSpec> = z.object({
  parts: z
    .array(
      z.object({
        type: z.enum(QUESTION_TYPES),
        count: z.int().min(1).max(500),
        markHundredths: z.int().min(1).max(10_000),
      }),
    )
    .min(1),
  sectionPercent: z.record(z.enum(SECTIONS), percent).refine(sumsToHundred),
  difficultyPercent: z.record(z.enum(DIFFICULTIES), percent).refine(sumsToHundred),
  durationMinutes: z.int().min(1).max(600),
  passMarkHundredths: z.int().min(0),
  multipleRule: z.literal('all_or_nothing'),
});
