import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { SANCTIONS } from '../../eligibility/sanction.ts';
import type { DeclaredSanction } from '../../eligibility/sanction.ts';
import { DECISIONS } from './decision.ts';

const id = z.string('请刷新页面后重试').refine(isId, '请刷新页面后重试');
const expectedVersion = z.coerce.number('请刷新页面后重试').int().min(1);
/** Characters of a reason that the unit, the bureau or the person reads. */
export const LONGEST_REASON = 300;
const reason = z.string().trim().max(LONGEST_REASON, `理由不超过 ${LONGEST_REASON} 个字`);

/** Acts of a registration's page. */
export const registrationActSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.enum(DECISIONS), commandId: id, expectedVersion, note: reason.optional() }),
  z.object({ intent: z.enum(['first_pass', 'first_return']), commandId: id, note: reason.optional() }),
  z.object({
    intent: z.enum(['withdraw', 'ask_defer', 'ask_exempt']),
    commandId: id,
    expectedVersion,
    note: reason.optional(),
  }),
  z.object({ intent: z.literal('register_again'), commandId: id, note: reason.optional() }),
]);
export type RegistrationActForm = z.infer<typeof registrationActSchema>;

/** One chosen person of the unit's form, by fields `sanction.<id>` and `from.<id>`. */
export interface ReadPerson {
  readonly personId: string;
  readonly sanction: DeclaredSanction | null;
}

export type ReadPeople =
  | { readonly ok: true; readonly people: readonly ReadPerson[]; readonly note: string | null }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

const MOST_PEOPLE = 1_000;
const isSanction = (text: string): text is DeclaredSanction['kind'] => SANCTIONS.some((one) => one === text);

/** Reads the unit's form: who is chosen, which sanctions are declared since when, and the promise that there are no others. */
export function readRegisterForm(form: FormData): ReadPeople {
  const problems: Record<string, string> = {};
  const textOf = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const ids = [...new Set(form.getAll('person').map(String).filter(isId))].slice(0, MOST_PEOPLE);
  if (ids.length === 0) problems.person = '请先勾选人员';
  if (textOf('promise') !== 'on') problems.promise = '请先核实并勾选承诺';
  const note = textOf('note');
  if (note.length > LONGEST_REASON) problems.note = `理由不超过 ${LONGEST_REASON} 个字`;
  const people = ids.map((personId): ReadPerson => {
    const kind = textOf(`sanction.${personId}`);
    if (!isSanction(kind)) return { personId, sanction: null };
    const fromDay = parseDateText(textOf(`from.${personId}`));
    if (fromDay === null) problems[`from.${personId}`] = '请填写处分决定日期，如 2026-11-21';
    return { personId, sanction: { kind, fromDay: fromDay ?? '' } };
  });
  return Object.keys(problems).length > 0
    ? { ok: false, problems }
    : { ok: true, people, note: note === '' ? null : note };
}
