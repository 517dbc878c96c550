import { z } from 'zod';

/** Units of a province (6,000) fit; a longer list was not made by the page. */
const MAX_UNITS = 10_000;

const ids = z.array(z.uuid()).max(MAX_UNITS).default([]);

/** The form that sends a message to the liaisons of chosen units. */
export const messageFormSchema = z.object({
  commandId: z.uuid(),
  title: z.string({ error: '请填写标题' }).trim().min(2, '标题至少 2 个字').max(60, '标题不得超过 60 个字'),
  body: z.string({ error: '请填写内容' }).trim().min(2, '请填写内容').max(2_000, '内容不得超过 2000 个字'),
  /** Units one by one. */
  units: ids,
  /** All units that lie in these regions themselves. */
  regions: ids,
});
