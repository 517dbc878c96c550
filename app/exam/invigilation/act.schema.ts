import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import type { Act } from './act.ts';
import { ACT_KINDS, REASON_CODES } from './act.ts';
import type { Target } from './act-target.ts';
import { ROOM_TARGET } from './act-target.ts';
import { EXTENSION_MINUTES } from './clock-acts.ts';

/** Longest message to candidates and longest note, characters. */
export const MAX_MESSAGE = 500;
const MAX_NOTE = 300;
const MAX_CONFIRMATION = 100;

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text));

const form = z.object({
  commandId: z.string().refine(isId),
  act: z.enum(ACT_KINDS),
  reason: z.enum(REASON_CODES),
  note: optionalText(MAX_NOTE),
  /** `people`, `sitting`, or `room:` and the room's id. */
  target: z.string().max(60),
  minutes: z.string().optional(),
  text: optionalText(MAX_MESSAGE),
  mayPassHardEnd: z.literal('on').optional(),
  confirmation: optionalText(MAX_CONFIRMATION),
});

/** Everything the form of an act can say, as the command takes it; or the field that is wrong, with the remedy. */
export type ReadAct =
  | {
      readonly ok: true;
      readonly commandId: string;
      readonly act: Act;
      readonly target: Target;
      readonly reason: { readonly code: (typeof REASON_CODES)[number]; readonly note: string | null };
      readonly confirmation: string | null;
    }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

const wrong = (field: string, text: string): ReadAct => ({ ok: false, errors: { [field]: text } });

function targetOf(text: string, ids: readonly string[]): Target | null {
  if (text === 'sitting') return { kind: 'sitting' };
  if (text === 'people') return { kind: 'people', registrationIds: [...new Set(ids)].sort() };
  const roomId = text.startsWith(ROOM_TARGET) ? text.slice(ROOM_TARGET.length) : '';
  return isId(roomId) ? { kind: 'room', roomId } : null;
}

function actOf(data: z.infer<typeof form>): Act | { readonly field: string; readonly text: string } {
  const mayPassHardEnd = data.mayPassHardEnd === 'on';
  switch (data.act) {
    case 'resume':
      return { kind: 'resume', mayPassHardEnd };
    case 'extend': {
      const minutes = Number(data.minutes ?? '');
      const { least, most } = EXTENSION_MINUTES;
      if (!Number.isInteger(minutes) || minutes < least || minutes > most)
        return { field: 'minutes', text: `请填写 ${least} 至 ${most} 之间的整数分钟。` };
      return { kind: 'extend', minutes, mayPassHardEnd };
    }
    case 'message':
      return data.text === null
        ? { field: 'text', text: '请填写要发给考生的通知。' }
        : { kind: 'message', text: data.text };
    case 'admit':
    case 'withdraw_admission':
    case 'pause':
    case 'release_device':
    case 'mark_irregular':
    case 'end':
      return { kind: data.act };
  }
}

/** Reads the form of an act; nothing of it is trusted. */
export function readAct(formData: FormData): ReadAct {
  const parsed = form.safeParse(Object.fromEntries(formData));
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'act');
    const texts: Record<string, string> = {
      act: '请选择要办理的事项。',
      reason: '请选择理由。',
      note: `说明不超过 ${MAX_NOTE} 字。`,
      text: `通知不超过 ${MAX_MESSAGE} 字。`,
      confirmation: `确认不超过 ${MAX_CONFIRMATION} 字。`,
    };
    return wrong(field, texts[field] ?? '表单内容不完整，请刷新页面后重新填写。');
  }
  const ids = formData.getAll('ids').filter((id): id is string => typeof id === 'string');
  const target = ids.every(isId) ? targetOf(parsed.data.target, ids) : null;
  if (target === null) return wrong('target', '请选择办理对象。');
  const act = actOf(parsed.data);
  if ('field' in act) return wrong(act.field, act.text);
  const { commandId, reason, note, confirmation } = parsed.data;
  return { ok: true, commandId, act, target, reason: { code: reason, note }, confirmation };
}
