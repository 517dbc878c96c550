import { z } from 'zod';
import { isNoticeKind } from '../notice-kinds.ts';

/** Longest address of RFC 5321 §4.5.3.1.3 without its brackets. */
const MAX_MAIL = 254;

export const contactFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('save_mail'),
    mail: z
      .string({ error: '请填写邮箱' })
      .trim()
      .max(MAX_MAIL, '邮箱过长')
      .pipe(z.email('邮箱格式不对，应如 name@example.cn')),
  }),
  z.object({ intent: z.literal('resend') }),
  z.object({ intent: z.literal('remove_mail') }),
  z.object({
    intent: z.literal('save_kinds'),
    /** Kinds that are ticked; the others of the page are not. */
    kinds: z.array(z.string().refine(isNoticeKind)).default([]),
  }),
]);

export const confirmFormSchema = z.object({ token: z.string().min(1).max(200) });
