import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { CHOICE_PATTERN } from './choice.ts';

export const idText = z.string().refine(isId);

/** Most answer events in one request; a client splits what is more. */
export const MAX_EVENTS = 200;
/** Largest body of a save: what a browser lets a beacon carry. */
export const MAX_SAVE_BYTES = 64 * 1024;

/** How the paper is first shown; anything else means all of it, which needs no JavaScript. */
const paperView = z.enum(['one', 'paper']).catch('paper');

const int4 = z.int().min(1).max(2_147_483_647);

/** One answer as a device sends it, over the wire or in a sealed file. */
export const sentAnswer = z.object({
  epoch: int4,
  seq: int4,
  position: z.int().min(1).max(1_000),
  choice: z.string().regex(CHOICE_PATTERN),
  /** The device's own clock, kept as evidence and never believed. */
  clientTime: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    .nullable(),
});

/** Body of POST /attempts/:attempt/answers. Without events it only asks for the time and the state. */
export const saveBody = z.object({ events: z.array(sentAnswer).max(MAX_EVENTS) });

/** POST /attempts/start */
export const startForm = z.object({
  registrationId: idText,
  commandId: idText,
  view: paperView,
  /** 开考口令 as typed; longer texts are cut, not refused. */
  accessCode: z
    .string()
    .transform((text) => text.slice(0, 40))
    .optional(),
});

/** POST /attempts/:attempt; answers of the plain form come beside as `q1` … */
export const attemptForm = z.object({
  intent: z.enum(['save', 'review', 'whole_paper', 'hand_in', 'take_over']),
  commandId: idText.optional(),
  view: paperView,
  epoch: z.coerce.number().pipe(int4).optional(),
  seq: z.coerce.number().pipe(int4).optional(),
});
