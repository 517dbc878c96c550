import { z } from 'zod';
import { idText } from '../sitting/exam.schema.ts';
import { PAPER_MODES } from './paper-mode.ts';

/** POST of the sealing page, by its button. */
export const custodyForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('file_seal'), mode: z.enum(PAPER_MODES), commandId: idText }),
  z.object({
    intent: z.literal('file_release'),
    /** Asked for only where the set was released before; the command says when it is wanting. */
    reason: z.string().trim().optional(),
    commandId: idText,
  }),
  z.object({ intent: z.literal('confirm_seal'), requestId: idText, commandId: idText }),
  z.object({ intent: z.literal('confirm_release'), requestId: idText, commandId: idText }),
  z.object({
    intent: z.literal('print'),
    /** Number of a room; empty: the whole sitting. */
    room: z.union([z.literal('').transform(() => null), z.coerce.number().int().min(1)]),
    commandId: idText,
  }),
]);
export type CustodyForm = z.infer<typeof custodyForm>;
