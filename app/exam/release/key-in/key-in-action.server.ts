import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { idText } from '../../sitting/exam.schema.ts';
import { enterSheet, takeKeyIn } from './enter-sheet.server.ts';
import type { EnterRefusal, Entered } from './enter-sheet.server.ts';
import type { SheetRecord } from './key-in.store.server.ts';
import { listReadings } from './key-in.store.server.ts';
import type { SheetChoices } from './sheet.ts';
import { differences, groupsOf, readChoice, readTyped, sheetItems } from './sheet.ts';
import { takeSheet } from './take-sheet.server.ts';

/** POST of one sheet; the answers come beside as `from1`, `from11` … or, of a third look, as `at7` … */
export const sheetForm = z.object({
  ticketNo: z.string().min(1).max(40),
  step: z.enum(['read', 'settle']),
  commandId: idText,
});
export type SheetForm = z.infer<typeof sheetForm>;

export type Posted =
  | { readonly is: 'entered'; readonly state: Entered['state'] }
  | { readonly is: 'wrong'; readonly errors: Readonly<Record<string, string>> };

const typedOf = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

interface Sheet {
  readonly record: SheetRecord;
  /** Natural person who posts. */
  readonly personKey: string;
  readonly typed: Readonly<Record<string, string>>;
}

type Read = { readonly choices: SheetChoices } | { readonly errors: Readonly<Record<string, string>> };

/**
 * What the third look found where two readings differ; everything they agree on stands. Whoever has read the sheet learns
 * nothing of the other reading, not even where it differs.
 */
async function settled(
  ctx: ActorCtx,
  { record, personKey, typed }: Sheet,
): Promise<Outcome<Read, EnterRefusal>> {
  const [first, second] = await listReadings(ctx.db, record.registrationId);
  if ([first, second].some((reading) => reading?.personKey === personKey)) return refused('ENTERED_ALREADY');
  if (!first || !second) return refused('NOTHING_TO_SETTLE');
  const items = sheetItems(record.content);
  const places = new Set(differences(items, first.choices, second.choices));
  const choices: Record<string, string> = { ...first.choices };
  const errors: Record<string, string> = {};
  for (const item of items.filter(({ position }) => places.has(position))) {
    const given = typed[`at${item.position}`];
    const reading =
      given === undefined || given.trim() === ''
        ? { problem: `第 ${item.position} 题尚未核定；未作答的填 -` }
        : readChoice(item, given);
    if ('problem' in reading) errors[`at${item.position}`] = reading.problem;
    else if (reading.choice === '') delete choices[String(item.position)];
    else choices[String(item.position)] = reading.choice;
  }
  return done(Object.keys(errors).length > 0 ? { errors } : { choices });
}

/** Reads what was typed of one sheet and enters it; mistakes come back by field. Refuses as `enterSheet`. */
export async function postSheet(
  ctx: ActorCtx,
  sittingId: string,
  asked: SheetForm,
  form: FormData,
): Promise<Outcome<Posted, EnterRefusal>> {
  const taken = await takeKeyIn(ctx, sittingId);
  if (!taken.ok) return taken;
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const found = await takeSheet(ctx.db, { sittingId, ticketNo: asked.ticketNo, personKey });
  if (!found.ok) return found;
  const sheet = { record: found.value, personKey, typed: typedOf(form) };
  const isSettling = asked.step === 'settle';
  const read = isSettling
    ? await settled(ctx, sheet)
    : done(readTyped(groupsOf(sheetItems(sheet.record.content)), sheet.typed));
  if (!read.ok) return read;
  if ('errors' in read.value) return done({ is: 'wrong', errors: read.value.errors });
  const entered = await enterSheet(ctx, {
    sittingId,
    ticketNo: asked.ticketNo,
    choices: read.value.choices,
    source: isSettling ? 'third_look' : 'typed',
    commandId: asked.commandId,
  });
  return entered.ok ? done({ is: 'entered', state: entered.value.state }) : entered;
}
