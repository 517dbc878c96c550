import { z } from 'zod';
import { idText, sentAnswer } from '../exam.schema.ts';
import { SEALED_FORMAT } from './sealed-file.ts';

const MAX_SEALED_EVENTS = 5_000;
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

export const sealedFileText = z.object({
  format: z.literal(SEALED_FORMAT),
  keyId: idText,
  attemptId: idText,
  ephemeralKey: base64url,
  nonce: base64url,
  data: base64url,
});

export const sealedContent = z.object({
  proof: z.string(),
  epoch: z.int().min(1),
  events: z.array(sentAnswer).min(1).max(MAX_SEALED_EVENTS),
});

/** How the events of a file lie in the journal now; kept with the file. */
export const sealedOutcome = z.object({
  counted: z.number(),
  late: z.number(),
  foreign: z.number(),
  afterHandIn: z.number(),
  /** Known under the same number with other content: kept as evidence. */
  conflicts: z.number(),
  notOnPaper: z.number(),
});
export type SealedOutcome = z.infer<typeof sealedOutcome>;
