import { z } from 'zod';
import { QUESTION_TYPES, SECTIONS } from '../bank/question.ts';
import type { FrozenPaper } from './frozen-paper.ts';

/** The `content` column of a paper. */
export const frozenPaper: z.ZodType<FrozenPaper> = z.object({
  blueprint: z.string(),
  multipleRule: z.literal('all_or_nothing'),
  items: z.array(
    z.object({
      position: z.int().min(1),
      questionVersionId: z.string(),
      type: z.enum(QUESTION_TYPES),
      section: z.enum(SECTIONS),
      stem: z.string(),
      options: z.array(z.object({ letter: z.string(), text: z.string(), source: z.string() })),
      key: z.array(z.string()),
      markHundredths: z.int(),
    }),
  ),
});
