import type { Refused } from '#app/platform/result/outcome.ts';

/** HTTP status and the sentence a person reads for one refusal code. */
export interface RefusalText {
  readonly status: 400 | 403 | 404 | 409 | 413 | 422 | 423 | 429;
  /** May use `{name}` for values of the refusal's detail. */
  readonly text: string;
}

export type RefusalTexts<C extends string> = Readonly<Record<C, RefusalText>>;

/** Refusals every slice shares. */
export const COMMON_REFUSALS = {
  FORBIDDEN: { status: 403, text: '您没有办理此事项的权限。' },
  NOT_FOUND: { status: 404, text: '没有找到这条记录，可能已被移走，或不在您的管辖范围内。' },
  CHANGED_MEANWHILE: { status: 409, text: '这条记录刚刚被他人修改，请刷新页面后再办理。' },
  COMMAND_REUSED: { status: 409, text: '该操作已提交过且内容不同，请刷新页面后重新填写。' },
  TOO_MANY_REQUESTS: { status: 429, text: '操作过于频繁，请在 {seconds} 秒后再试。' },
} as const satisfies Record<string, RefusalText>;

export type CommonRefusal = keyof typeof COMMON_REFUSALS;

export interface RefusalAnswer {
  readonly code: string;
  readonly status: number;
  readonly text: string;
}

/** The answer to a refusal: status and our own text, never `error.message`. */
export function answerFor<C extends string>(refusal: Refused<C>, texts: RefusalTexts<C>): RefusalAnswer {
  const { status, text } = texts[refusal.code];
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => String(refusal.detail?.[name] ?? ''));
  return { code: refusal.code, status, text: filled };
}
