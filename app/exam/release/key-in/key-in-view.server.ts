import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { takeSitting } from '../open-sitting.server.ts';
import type { CustodySitting } from '../seal.store.server.ts';
import type { Variant } from '../paper-mode.ts';
import { ticketIn } from '../sheet-code.ts';
import { takeKeyIn } from './enter-sheet.server.ts';
import type { KeyInHall, SheetLine } from './key-in.store.server.ts';
import { listKeyInHalls, listReadings, listSheets } from './key-in.store.server.ts';
import type { SheetGroup } from './sheet.ts';
import { choiceText, differences, groupsOf, sheetItems } from './sheet.ts';
import type { TakeSheetRefusal } from './take-sheet.server.ts';
import { takeSheet } from './take-sheet.server.ts';

type Told = Pick<CustodySitting, 'id' | 'title' | 'opensAt' | 'hardEndAt'>;

export interface KeyInPage {
  readonly sitting: Told;
  /** May go on to the other pages of the sitting. */
  readonly isBureau: boolean;
  /** Why nothing can be keyed in now; null when it can. */
  readonly obstacle: 'NOT_PRINTED' | 'NOT_HELD' | 'NOT_OPEN_YET' | null;
  readonly rows: readonly Omit<SheetLine, 'total'>[];
  readonly total: number;
  readonly page: number;
}

const tell = ({ id, title, opensAt, hardEndAt }: CustodySitting): Told => ({ id, title, opensAt, hardEndAt });

export interface KeyInHalls {
  readonly rows: readonly Omit<KeyInHall, 'total'>[];
  readonly total: number;
  readonly page: number;
}

/** Printed sittings of the actor's regions. Refuses FORBIDDEN. */
export async function viewKeyInHalls(
  ctx: ActorCtx,
  query: Pick<TableQuery<'opensAt', never>, 'page' | 'size'>,
): Promise<Outcome<KeyInHalls, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.key_in')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.key_in');
  const now = ctx.clock.now();
  const read = (page: number) =>
    listKeyInHalls(ctx.pool, {
      ...{ regionIds: [...regionIds], now, limit: query.size },
      offset: (page - 1) * query.size,
    });
  const rows = await read(query.page);
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  const shown = page === query.page ? rows : await read(page);
  return done({ rows: shown.map(({ total: _, ...row }) => row), total, page });
}

/** Sheets of a sitting with who has read them. Refuses FORBIDDEN, NOT_FOUND. */
export async function viewKeyIn(
  ctx: ActorCtx,
  sittingId: string,
  query: TableQuery<'seat', 'state'>,
): Promise<Outcome<KeyInPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, 'exam.key_in', sittingId);
  if (!taken.ok) return taken;
  const open = await takeKeyIn(ctx, sittingId);
  const obstacle = open.ok ? null : open.code;
  if (obstacle === 'FORBIDDEN' || obstacle === 'NOT_FOUND') return refused(obstacle);
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const state = query.filters.state ?? null;
  const read = (page: number) =>
    listSheets(ctx.pool, {
      ...{ sittingId, personKey, text: ticketIn(query.q), state, limit: query.size },
      offset: (page - 1) * query.size,
    });
  const rows = obstacle === 'NOT_PRINTED' || obstacle === 'NOT_HELD' ? [] : await read(query.page);
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  const shown = page === query.page ? rows : await read(page);
  const sitting = tell(taken.value);
  const isBureau = mayDo(ctx, 'exam.manage');
  return done({ sitting, isBureau, obstacle, rows: shown.map(({ total: _, ...row }) => row), total, page });
}

/** Where two readings differ, as the third sees it: nobody's name stands beside a letter. */
export interface Difference {
  readonly position: number;
  readonly letters: readonly string[];
  readonly isMultiple: boolean;
  /** The two readings as texts, and as answers. */
  readonly readings: readonly { readonly text: string; readonly choice: string }[];
}

export interface SheetPage {
  readonly sitting: Told;
  readonly sheet: {
    readonly ticketNo: string;
    readonly name: string;
    readonly unitName: string;
    readonly roomName: string | null;
    readonly seatNo: number | null;
    readonly variant: Variant | null;
  };
  /** `read`: fields for a blind reading. `settle`: the differences of two readings. */
  readonly step: 'read' | 'settle';
  readonly groups: readonly SheetGroup[];
  readonly differences: readonly Difference[];
}

export type SheetPageRefusal =
  | TakeSheetRefusal
  | 'FORBIDDEN'
  | 'NOT_PRINTED'
  | 'NOT_HELD'
  | 'NOT_OPEN_YET'
  | 'SAT_ON_SCREEN'
  | 'ENTERED_ALREADY'
  | 'ENTRIES_AGREE';

/**
 * One sheet to be read: blind, as long as fewer than two have read it; afterwards the places where they differ. Earlier
 * readings are never shown to who is to read, and nobody is shown the own sheet. Refuses as `takeKeyIn` and `takeSheet`,
 * SAT_ON_SCREEN, ENTERED_ALREADY, ENTRIES_AGREE.
 */
export async function viewSheet(
  ctx: ActorCtx,
  sittingId: string,
  ticketNo: string,
): Promise<Outcome<SheetPage, SheetPageRefusal>> {
  const taken = await takeKeyIn(ctx, sittingId);
  if (!taken.ok) return taken;
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const found = await takeSheet(ctx.db, { sittingId, ticketNo, personKey });
  if (!found.ok) return found;
  const sheet = found.value;
  if (sheet.attemptEpoch !== null) return refused(sheet.attemptEpoch > 0 ? 'SAT_ON_SCREEN' : 'ENTRIES_AGREE');
  const readings = await listReadings(ctx.db, sheet.registrationId);
  if (readings.some((reading) => reading.personKey === personKey)) return refused('ENTERED_ALREADY');
  const items = sheetItems(sheet.content);
  const [first, second] = readings;
  const isSettling = first !== undefined && second !== undefined;
  const places = new Set(isSettling ? differences(items, first.choices, second.choices) : []);
  const { name, unitName, roomName, seatNo, variant } = sheet;
  return done({
    sitting: tell(taken.value),
    sheet: { ticketNo, name, unitName, roomName, seatNo, variant },
    step: isSettling ? 'settle' : 'read',
    groups: isSettling ? [] : groupsOf(items),
    differences: items
      .filter((item) => places.has(item.position))
      .map((item) => ({
        position: item.position,
        letters: item.letters,
        isMultiple: item.type === 'multiple',
        readings: [first, second].map((reading) => {
          const choice = reading?.choices[String(item.position)] ?? '';
          return { choice, text: choiceText(choice) };
        }),
      })),
  });
}
