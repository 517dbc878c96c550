import { z } from 'zod';
import { APPLY_MODES } from './import-run.ts';

export const scopeSchema = z.record(z.string(), z.string());
export const mappingSchema = z.record(z.string(), z.string().nullable());

/** What was found in a file, kept for the mapping page and for marking the file. */
export const layoutSchema = z.object({
  tables: z.array(
    z.object({
      sheetName: z.string(),
      headRow: z.number().int(),
      lastColumn: z.number().int(),
      rows: z.number().int(),
    }),
  ),
  columns: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      sheetName: z.string(),
      letters: z.string(),
      target: z.string().nullable(),
      confidence: z.enum(['certain', 'likely', 'none']),
      note: z.string().nullable(),
      samples: z.array(z.string()),
    }),
  ),
  notes: z.array(z.string()),
  /** Whether the mapping in use was proposed, remembered from an earlier file of this source, or just corrected. */
  mappingFrom: z.enum(['proposed', 'remembered', 'corrected']),
});
export type ImportLayout = z.infer<typeof layoutSchema>;

/** Payload of both jobs. */
export const runPayload = z.object({ runId: z.uuid() });
export type RunPayload = z.infer<typeof runPayload>;

export const confirmForm = z.object({
  intent: z.literal('confirm'),
  mode: z.enum(APPLY_MODES),
  expectedVersion: z.coerce.number().int(),
});
export const withdrawForm = z.object({
  intent: z.literal('withdraw'),
  expectedVersion: z.coerce.number().int(),
});
export const recheckForm = z.object({ intent: z.literal('recheck') });
/** Columns come as `column.<key>` fields beside these and are read apart. */
export const mappingForm = z.object({
  intent: z.literal('map'),
  expectedVersion: z.coerce.number().int(),
});
export const runForm = z.discriminatedUnion('intent', [confirmForm, withdrawForm, recheckForm, mappingForm]);
