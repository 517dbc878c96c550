import { z } from 'zod';
import { IMPORT_MODES } from './workday-change.ts';

export const MAX_TEXT_CHARACTERS = 20_000;

/** The import form: the lines of the notice, what they rest on, and what the person did: look first, then confirm. */
export const workdayFormSchema = z.object({
  commandId: z.uuid(),
  intent: z.enum(['check', 'confirm']),
  text: z.string().max(MAX_TEXT_CHARACTERS, `内容不得超过 ${MAX_TEXT_CHARACTERS} 个字`).default(''),
  basis: z
    .string({
      error: '请填写依据文件，如“国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）”',
    })
    .trim()
    .min(4, '请写明依据文件的名称和文号')
    .max(200, '依据文件不得超过 200 个字'),
  mode: z.enum(IMPORT_MODES),
  digest: z.string().max(64).optional(),
});
export type WorkdayForm = z.infer<typeof workdayFormSchema>;
