import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { boardSchema } from './closing.schema.ts';
import { yearRefusalText } from './closing-action.server.ts';
import { MOST_AT_ONCE, freezeClosings } from './freeze-closing.server.ts';
import { openClosings } from './open-closings.server.ts';
import { remindUnits } from './remind-units.server.ts';
import type { FreezePreviewLine } from './year-board-view.server.ts';
import { previewFreezing } from './year-board-view.server.ts';
import type { YearRefusal } from './year-refusals.ts';

/** A line of the preview with the obstacle in words. */
export interface PreviewLine extends Omit<FreezePreviewLine, 'obstacle'> {
  readonly obstacle: string | null;
}

/** What the board says after a post: done, refused, or what freezing would seal. */
export interface BoardAnswer {
  readonly notice: string | null;
  readonly refusal: string | null;
  readonly details: readonly string[];
  readonly preview: readonly PreviewLine[] | null;
  readonly status: number;
}

const answer = (over: Partial<BoardAnswer>): BoardAnswer => ({
  notice: null,
  refusal: null,
  details: [],
  preview: null,
  status: 200,
  ...over,
});

function refusal(refused: Refused<YearRefusal>): BoardAnswer {
  const { text, status } = yearRefusalText(refused);
  return answer({ refusal: text, status });
}

const obstacleText = (code: YearRefusal, count: number): string =>
  yearRefusalText({ ok: false, code, detail: { count } }).text;

async function preview(ctx: ActorCtx, year: number, unitIds: readonly string[]): Promise<BoardAnswer> {
  if (unitIds.length === 0) return refusal({ ok: false, code: 'NOBODY_CHOSEN' });
  if (unitIds.length > MOST_AT_ONCE)
    return refusal({ ok: false, code: 'TOO_MANY_UNITS', detail: { most: MOST_AT_ONCE } });
  const lines = await previewFreezing(ctx, { year, unitIds });
  if (!lines.ok) return refusal(lines);
  return answer({
    preview: lines.value.map(({ obstacle, ...line }) => ({
      ...line,
      obstacle: obstacle === null ? null : obstacleText(obstacle.code, obstacle.count),
    })),
  });
}

async function freeze(
  ctx: ActorCtx,
  year: number,
  unitIds: readonly string[],
  nameOf: (unitId: string) => string,
): Promise<BoardAnswer> {
  const outcome = await freezeClosings(ctx, { year, unitIds });
  if (!outcome.ok) return refusal(outcome);
  const { frozen, left } = outcome.value;
  return answer({
    notice: `已封账 ${frozen.length} 个单位${left.length > 0 ? `，${left.length} 个未能封账` : ''}。`,
    details: left.map(({ unitId, code, count }) => `${nameOf(unitId)}：${obstacleText(code, count)}`),
  });
}

/** One post of the bureau's board. @param nameOf what a unit is called, for those that could not be frozen */
export async function actOnBoard(
  ctx: ActorCtx,
  year: number,
  formData: FormData,
  nameOf: (unitId: string) => string,
): Promise<BoardAnswer> {
  const submission = parseForm(formData, boardSchema);
  if (submission.status !== 'success') return answer({ refusal: '请刷新页面后再提交。', status: 422 });
  const { intent, commandId } = submission.value;
  const unitIds = formData.getAll('ids').filter(isId);
  switch (intent) {
    case 'open': {
      const opened = await openClosings(ctx, { year, commandId });
      return opened.ok ? answer({ notice: `已通知 ${opened.value.units} 个单位办理。` }) : refusal(opened);
    }
    case 'remind': {
      const reminded = await remindUnits(ctx, { year, commandId });
      return reminded.ok
        ? answer({ notice: `已向 ${reminded.value.units} 个单位催办。` })
        : refusal(reminded);
    }
    case 'preview':
      return preview(ctx, year, unitIds);
    case 'freeze':
      return freeze(ctx, year, unitIds, nameOf);
  }
}
