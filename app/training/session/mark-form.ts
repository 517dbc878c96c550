import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { MarkInput } from './attendance.ts';
import { secondInBlock } from './attendance.ts';
import { markLineSchema } from './session.schema.ts';
import type { Block } from './session.ts';

/** One line of the attendance form as typed: shown again when it is sent back. */
export interface TypedMark {
  readonly standing: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const FIELD = /^mark\.([0-9a-f-]{36})\.(standing|from|to|reason)$/;

/** `mark.<person>.standing` and its sisters as lines by person. */
export function readTypedMarks(form: Iterable<[string, unknown]>): Record<string, TypedMark> {
  const lines: Record<string, TypedMark> = {};
  for (const [name, value] of form) {
    const [, personId, field] = FIELD.exec(name) ?? [];
    if (!personId || !field || typeof value !== 'string') continue;
    const line = lines[personId] ?? { standing: '', from: '', to: '', reason: '' };
    lines[personId] = { ...line, [field]: value };
  }
  return lines;
}

/** Lines on which something was chosen, as marks of the block. A part without both times is told by its person. */
export function marksOf(
  typed: Readonly<Record<string, TypedMark>>,
  block: Block,
): Outcome<MarkInput[], 'MARK_UNREADABLE' | 'PART_TIMES_MISSING'> {
  const marks: MarkInput[] = [];
  for (const [personId, raw] of Object.entries(typed)) {
    const line = markLineSchema.safeParse(raw);
    if (!line.success) return refused('MARK_UNREADABLE', { personId });
    const { standing, from, to, reason } = line.data;
    if (standing === '') continue;
    const common = { personId, blockId: block.id, part: null, reason: null };
    if (standing === 'leave') marks.push({ ...common, standing, reason });
    else if (standing !== 'part') marks.push({ ...common, standing });
    else {
      const [start, end] = [secondInBlock(from, block.interval), secondInBlock(to, block.interval)];
      if (start === null || end === null) return refused('PART_TIMES_MISSING', { personId });
      marks.push({ ...common, standing: 'present', part: { from: start, to: end } });
    }
  }
  return done(marks);
}
