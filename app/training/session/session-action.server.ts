import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import type { PeopleQuery } from '#app/organization/person/person.ts';
import type { RefusalAnswer } from '#app/platform/http/answer.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome, Refused } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { TrainingRefusal } from '../refusals.ts';
import { TRAINING_REFUSALS } from '../refusals.ts';
import type { Chosen } from './change-roster.server.ts';
import { enrolPeople, removePeople } from './change-roster.server.ts';
import { closeTrainingSession } from './close-session.server.ts';
import { markAttendance } from './mark-attendance.server.ts';
import { askBureauToClose } from './ask-bureau.server.ts';
import type { TypedMark } from './mark-form.ts';
import { marksOf, readTypedMarks } from './mark-form.ts';
import { listParticipants } from './roster.store.server.ts';
import { sessionFormSchema } from './session.schema.ts';
import { findOwnSession } from './session-scope.server.ts';

/** What the page says after one of its forms: done, with the figures, or refused, with everything typed kept. */
export interface SessionActionResult {
  readonly notice: string | null;
  /** People who could not be enrolled, each with the reason. */
  readonly details: readonly string[];
  readonly refusal: RefusalAnswer | null;
  readonly typed: Readonly<Record<string, TypedMark>> | null;
}

/** The query of the list of candidates, from the page's URL or from what its bulk bar carries. */
export function candidatesQuery(search: string): {
  table: TableQuery<'name' | 'unit', 'establishment' | 'field'>;
  people: Omit<PeopleQuery, 'page' | 'size' | 'sort'>;
} {
  const table = parseTableQuery(new URLSearchParams(search), {
    sorts: ['name', 'unit'],
    defaultSort: { field: 'unit', direction: 'asc' },
    filters: ['establishment', 'field'],
  });
  return {
    table,
    people: {
      text: table.q,
      establishment: ESTABLISHMENTS.find((one) => one === table.filters.establishment),
      fieldCode: table.filters.field,
    },
  };
}

const idsOf = (form: FormData): string[] => form.getAll('ids').filter(isId);

function chosenOf(form: FormData): Chosen {
  if (form.get('scope') !== 'matching') return { kind: 'people', personIds: idsOf(form) };
  return { kind: 'matching', query: candidatesQuery(String(form.get('query') ?? '')).people };
}

const said = (notice: string, details: readonly string[] = []): SessionActionResult => ({
  notice,
  details,
  refusal: null,
  typed: null,
});

/** Answers one form of a class's page by one command. */
export async function runSessionForm(
  ctx: ActorCtx,
  sessionId: string,
  form: FormData,
): Promise<SessionActionResult> {
  const parsed = sessionFormSchema.safeParse({
    ...Object.fromEntries(form),
    blockIds: form.getAll('blockIds'),
  });
  if (!parsed.success) return sentBack(refused('NOT_FOUND'));
  const { data: input } = parsed;
  const common = { sessionId, commandId: input.commandId };
  switch (input.intent) {
    case 'enrol':
      return told(
        await enrolPeople(ctx, { ...common, chosen: chosenOf(form) }),
        ({ enrolled, known, busy }) =>
          said(
            `已添加 ${enrolled} 人${known > 0 ? `，${known} 人原已在名册` : ''}${busy.length > 0 ? `，${busy.length} 人因时间冲突未添加` : ''}。`,
            busy.map(({ name, title }) => `${name}：同一时间已列入“${title}”`),
          ),
      );
    case 'remove':
      return told(await removePeople(ctx, { ...common, personIds: idsOf(form) }), ({ removed }) =>
        said(`已将 ${removed} 人移出名册。`),
      );
    case 'others_present':
      return told(
        await markAttendance(ctx, { ...common, order: { kind: 'others_present', blockIds: input.blockIds } }),
        ({ marked }) => said(`已登记 ${marked} 条到场记录。`),
      );
    case 'mark':
      return markFromForm(ctx, common, input.blockId, form);
    case 'ask_bureau':
      return told(await askBureauToClose(ctx, sessionId), ({ names }) =>
        said(`已提请司法局结班：${names}的学时由司法局核对考勤后计入。`),
      );
    case 'close':
      return told(
        await closeTrainingSession(ctx, { ...common, expectedVersion: input.expectedVersion }),
        ({ credited, creditSeconds }) =>
          said(`已结班：${credited} 人计入学时，合计 ${formatHours(creditSeconds)}，已记入各人台账。`),
      );
  }
}

async function markFromForm(
  ctx: ActorCtx,
  common: { sessionId: string; commandId: string },
  blockId: string,
  form: FormData,
): Promise<SessionActionResult> {
  const typed = readTypedMarks(form);
  const found = await findOwnSession(ctx, 'session.mark', common.sessionId);
  const block = found?.session.blocks.find((one) => one.id === blockId);
  if (!block) return sentBack(refused('BLOCK_UNKNOWN'), typed);
  const marks = marksOf(typed, block);
  if (!marks.ok) {
    const people = await listParticipants(ctx.pool, common.sessionId);
    const name = people.find((person) => person.personId === marks.detail?.personId)?.name ?? '';
    return sentBack(refused(marks.code, { name }), typed);
  }
  const outcome = await markAttendance(ctx, { ...common, order: { kind: 'marks', marks: marks.value } });
  return told(
    outcome,
    ({ marked }) => said(marked > 0 ? `已登记 ${marked} 人的考勤。` : '没有变化，无须登记。'),
    typed,
  );
}

function told<T>(
  outcome: Outcome<T, TrainingRefusal>,
  say: (value: T) => SessionActionResult,
  typed: SessionActionResult['typed'] = null,
): SessionActionResult {
  return outcome.ok ? say(outcome.value) : sentBack(outcome, typed);
}

function sentBack(
  refusal: Refused<TrainingRefusal>,
  typed: SessionActionResult['typed'] = null,
): SessionActionResult {
  return { notice: null, details: [], refusal: answerFor(refusal, TRAINING_REFUSALS), typed };
}
