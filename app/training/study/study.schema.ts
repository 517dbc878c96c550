import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { VERDICTS } from './finding-words.ts';

/** Body of POST /study/open. */
export const openSchema = z.strictObject({
  course: z.string().max(80),
  lesson: z.string().max(80),
});

const count = z.number().int().min(0).max(999).default(0);

/** Body of POST /study/beat. No time of the browser's clock: it would prove nothing. */
export const beatSchema = z.strictObject({
  visitId: z.string().refine(isId, 'not an id'),
  seq: z.number().int().min(1).max(1_000_000),
  visible: z.boolean(),
  active: z.boolean(),
  present: z.boolean().default(false),
  /** Which word was chosen for the presence question; null where there was nothing to choose. */
  choice: z.number().int().min(0).max(9).nullable().default(null),
  /** Since the last stored beat: clicks and keys, movements of the pointer, scrolling. Evidence only. */
  touches: count,
  moves: count,
  scrolls: count,
  /** How far down the page, 0 … 1000. */
  at: z.number().int().min(0).max(1000).default(0),
});

/** The form that judges a finding. */
export const judgeSchema = z.object({
  verdict: z.enum(VERDICTS, '请选择核实结果'),
  reason: z.string('请写明理由').trim().min(2, '请写明理由').max(300, '理由不超过 300 个字'),
  seenJudgements: z.coerce.number().int().min(0).max(10_000),
  commandId: z.string().refine(isId, '页面已过期，请刷新'),
});
