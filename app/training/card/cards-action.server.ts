import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { batchPath } from '#app/office/document/paths.ts';
import { DOCUMENT_REFUSALS } from '#app/office/document/refusals.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { CARD_FORMATS } from './card-file.server.ts';
import { cardYear } from './card-years.ts';
import { CARDS_TABLE } from './cards-table.ts';
import { drawCards } from './draw-cards.server.ts';

const REFUSALS = {
  ...DOCUMENT_REFUSALS,
  SEVERAL_PLACES: { status: 422, text: '一次只能出具一个单位的登记卡，请先按单位筛选。' },
} as const;

const postSchema = z.object({ intent: z.enum(CARD_FORMATS), commandId: z.uuid() });

/** The bulk bar of the list of cards: starts the batch and leads to its progress, or says why not. */
export async function actOnCards(
  ctx: ActorCtx,
  year: string | null,
  form: FormData,
): Promise<{ readonly to: string } | { readonly text: string; readonly status: number }> {
  const post = postSchema.safeParse(Object.fromEntries(form));
  if (!post.success) return { text: '请刷新页面后再提交。', status: 422 };
  const query = parseTableQuery(new URLSearchParams(String(form.get('query') ?? '')), CARDS_TABLE);
  const chosen =
    form.get('scope') === 'matching' ? { query } : { personIds: form.getAll('ids').filter(isId) };
  const outcome = await drawCards(ctx, {
    year: cardYear(year, dayOf(ctx.clock.now())),
    format: post.data.intent,
    chosen,
    commandId: post.data.commandId,
  });
  return outcome.ok ? { to: batchPath(outcome.value.batchId) } : answerFor(outcome, REFUSALS);
}
