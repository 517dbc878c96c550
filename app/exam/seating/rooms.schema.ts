import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { idText } from '../sitting/exam.schema.ts';

/** Rows and columns of a room; the table says the same. */
const MAX_SIDE = 60;
const side = (what: string) =>
  z.coerce
    .number({ error: `请填写${what}` })
    .int(`${what}填整数`)
    .min(1, `${what}至少为 1`)
    .max(MAX_SIDE, `${what}最多 ${MAX_SIDE}`);

const chosen = (what: string) => z.string({ error: `请选择${what}` }).refine(isId);

/** POST …/rooms, intent `room`: a new room, or a changed one with its version. */
export const roomForm = z.object({
  commandId: idText,
  roomId: idText.optional(),
  expectedVersion: z.coerce.number().int().optional(),
  name: z.string({ error: '请填写考场名称，如“第1考场”' }).trim().max(40),
  place: z.string({ error: '请填写地点，如“市司法局三楼机房”' }).trim().max(100),
  rows: side('排数'),
  columns: side('列数'),
  ipRanges: z.string().max(1_000).default(''),
});

export const intentForm = z.object({
  intent: z.enum(['room', 'remove', 'invigilators', 'code', 'lay_out']),
});

/** One room and nothing else: remove, a new code. */
export const roomAct = z.object({ commandId: idText, roomId: idText });

/** The invigilators of one room, as they were shown. */
export const invigilatorsForm = z.object({ expectedVersion: z.coerce.number().int() });

export const layOutForm = z.object({ commandId: idText });

/** POST …/seats: one person to another seat, or two who change places. */
export const moveForm = z.object({
  commandId: idText,
  registrationId: chosen('考生'),
  roomId: chosen('考场'),
  seatNo: z.coerce.number({ error: '请填写座位号' }).int('座位号填整数').min(1, '座位号从 1 起'),
  reason: z.string({ error: '请写明调整原因' }).trim().min(2, '请写明调整原因').max(200),
});

/** POST …/seats, intent `to_sitting`: one person to another sitting of the batch. */
export const toSittingForm = z.object({
  commandId: idText,
  registrationId: chosen('考生'),
  toSittingId: chosen('场次'),
  reason: z.string({ error: '请写明调整原因' }).trim().min(2, '请写明调整原因').max(200),
});

/** POST …/date */
export const dateForm = z.object({
  commandId: idText,
  expectedVersion: z.coerce.number().int(),
  opensAt: z
    .string({ error: '请选择新的开考时间' })
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, '请按“2026-11-30 09:00”选择日期和时间'),
  reason: z.string({ error: '请写明改期原因' }).trim().min(2, '请写明改期原因').max(200),
});
