import { parseWithZod } from '@conform-to/zod/v4';
import type { z } from 'zod';

/** The parts of a zod issue our texts are made from. */
interface Issue {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
  readonly origin?: string | undefined;
}

/** Texts for what a schema leaves unsaid: schemas say the rest in their own words. */
export function formMessage(issue: Issue): string {
  if (issue.input === undefined || issue.input === null) return '请填写此项';
  switch (issue.code ?? '') {
    case 'too_small':
      return issue.origin === 'string' ? `至少 ${issue.minimum} 个字` : `不得小于 ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `不得超过 ${issue.maximum} 个字` : `不得大于 ${issue.maximum}`;
    case 'invalid_type':
      return '填写的格式不对，请检查';
    default:
      return '填写的内容不符合要求，请检查';
  }
}

/** Reads a submitted form by its schema. Empty texts count as absent. Refuse with `submission.reply()` as the
 *  action's answer: it carries messages and everything typed back to `useServerForm`. */
export function parseForm<Schema extends z.ZodType>(formData: FormData | URLSearchParams, schema: Schema) {
  return parseWithZod(formData, { schema, error: formMessage });
}
