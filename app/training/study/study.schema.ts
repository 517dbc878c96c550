import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';

/** Body of POST /study/open. */
export const openSchema = z.strictObject({
  course: z.string().max(80),
  lesson: z.string().max(80),
});

/** Body of POST /study/beat. No time of the browser's clock: it would prove nothing. */
export const beatSchema = z.strictObject({
  visitId: z.string().refine(isId, 'not an id'),
  seq: z.number().int().min(1).max(1_000_000),
  visible: z.boolean(),
  active: z.boolean(),
  present: z.boolean().default(false),
});
