import { z } from 'zod';

/** What `<DrawForm>` submits: which paper, and the command id that makes a repeat harmless. */
export const drawSchema = z.object({ paper: z.string().min(1).max(120), commandId: z.uuid() });
