import { z } from 'zod';

export const handoverFormSchema = z.object({
  commandId: z.uuid(),
  fromAccountId: z.uuid({ error: '请选择移交人' }),
  toAccountId: z.uuid({ error: '请选择接收人' }),
  itemCount: z.coerce.number().int().min(0),
  reason: z
    .string({ error: '请填写交接原因' })
    .trim()
    .min(2, '请填写交接原因')
    .max(100, '交接原因不得超过 100 个字'),
});
