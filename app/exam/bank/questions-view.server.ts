import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { QuestionFilter, QuestionSort } from './question-list.ts';
import type { QuestionLineRow, QuestionVersionRow } from './questions.store.server.ts';
import { listCitedLaws, listQuestions, listVersions } from './questions.store.server.ts';

export type QuestionLine = Omit<QuestionLineRow, 'total'>;

export interface QuestionsPage {
  readonly rows: readonly QuestionLine[];
  readonly total: number;
  readonly page: number;
  readonly laws: readonly string[];
}

/** The bank as a list, for editors and reviewers. Refuses FORBIDDEN. */
export async function viewQuestions(
  ctx: ActorCtx,
  query: TableQuery<QuestionSort, QuestionFilter>,
): Promise<Outcome<QuestionsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'bank.read')) return refused('FORBIDDEN');
  const read = (page: number) =>
    listQuestions(ctx.pool, {
      text: query.q,
      filters: query.filters,
      sort: query.sort,
      limit: query.size,
      offset: (page - 1) * query.size,
    });
  let rows = await read(query.page);
  // A page beyond the last shows the last one; only the first page says how many there are then.
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  if (page !== query.page) rows = await read(page);
  return done({
    rows: rows.map(({ total: _, ...row }) => row),
    total,
    page,
    laws: await listCitedLaws(ctx.pool),
  });
}

export interface QuestionView {
  readonly live: QuestionVersionRow;
  /** The newest first. */
  readonly versions: readonly QuestionVersionRow[];
}

/** One question with all its versions. Refuses NOT_FOUND. */
export async function viewQuestion(
  ctx: ActorCtx,
  questionId: string,
): Promise<Outcome<QuestionView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'bank.read')) return refused('FORBIDDEN');
  const versions = await listVersions(ctx.pool, questionId);
  const live = versions.find((version) => version.versionNo === version.liveVersionNo);
  return live ? done({ live, versions }) : refused('NOT_FOUND');
}
