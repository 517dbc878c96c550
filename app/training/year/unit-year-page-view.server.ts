import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { MAX_FILE_BYTES } from '#app/office/campaign/campaign-file.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { closingReach } from './closing-scope.server.ts';
import type { ClosingView } from './closing-view.server.ts';
import { viewClosing } from './closing-view.server.ts';
import { CLOSING_SUBJECT, subjectOf } from './draw-notice-list.server.ts';

export interface UnitYearPageData {
  readonly view: ClosingView;
  readonly documents: readonly DocumentLine[];
  readonly mayDraw: boolean;
  readonly maxBytes: number;
}

/** Without a unit in the address: the only one of the reach, else the choice. Refusals: FORBIDDEN, NOT_FOUND. */
export async function unitYearPage(
  ctx: ActorCtx,
  year: number,
  asked: string | null,
): Promise<Outcome<UnitYearPageData | { readonly choose: true }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_closing')) return refused('FORBIDDEN');
  const { units } = await closingReach(ctx, 'hours.read_closing', year);
  const [only] = units.size === 1 ? units.keys() : [];
  const unitId = asked ?? only;
  if (unitId === undefined) return done({ choose: true });
  if (!isId(unitId)) return refused('NOT_FOUND');
  const view = await viewClosing(ctx, { unitId, year });
  if (!view.ok) return view;
  return done({
    view: view.value,
    documents: await documentsOf(ctx, { kind: CLOSING_SUBJECT, ids: [subjectOf({ unitId, year })] }),
    mayDraw: mayDo(ctx, 'document.draw'),
    maxBytes: MAX_FILE_BYTES,
  });
}
