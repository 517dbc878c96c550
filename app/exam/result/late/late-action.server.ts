import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS, answerFor } from '#app/platform/http/answer.ts';
import { EXAM_REFUSALS } from '../../refusals.ts';
import type { LateRefusal } from './count-late.server.ts';
import { decideLate, proposeLate } from './count-late.server.ts';
import { lateProposal, lateVerdict } from './late.schema.ts';

/** What a person reads when counting late answers is refused. */
export const LATE_REFUSALS: RefusalTexts<LateRefusal> = {
  FORBIDDEN: EXAM_REFUSALS.FORBIDDEN,
  NOT_FOUND: EXAM_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  OWN_ATTEMPT: { status: 403, text: '不能办理本人的作答，请由其他经办人员办理。' },
  SAME_PERSON: { status: 403, text: '提请人不能复核，请由另一名经办人员复核。' },
  NOTHING_LATE: { status: 409, text: '这份作答没有尚未计入的逾时记录。' },
  LATE_PROPOSED_ALREADY: { status: 409, text: '这份作答已有提请在等待复核。' },
  CHANGED_MEANWHILE: { status: 409, text: '成绩或提请已有变动，请按现在的内容重新办理。' },
};

/** A refused form: what is said, and what was typed. */
export interface LateAnswer {
  readonly status: number;
  readonly text: string;
  /** Attempt or decision the form was about. */
  readonly about: string;
  readonly reasonCode: string;
  readonly typed: string;
}

/** One posted proposal or decision; null when it was done. */
export async function actOnLate(ctx: ActorCtx, form: FormData): Promise<LateAnswer | null> {
  const fields: Record<string, FormDataEntryValue> = Object.fromEntries(form);
  const textOf = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const said = (answer: { status: number; text: string }): LateAnswer => ({
    ...answer,
    about: textOf('attemptId') || textOf('decisionId'),
    reasonCode: textOf('reasonCode'),
    typed: textOf('reason') || textOf('note'),
  });
  if (textOf('intent') === 'decide') {
    const verdict = lateVerdict.safeParse(fields);
    if (!verdict.success) return said({ status: 422, text: verdict.error.issues[0]?.message ?? '' });
    const { decisionId, decision, note, commandId } = verdict.data;
    const isConfirmed = decision === 'confirm';
    const outcome = await decideLate(ctx, { decisionId, isConfirmed, note, commandId });
    return outcome.ok ? null : said(answerFor(outcome, LATE_REFUSALS));
  }
  const proposal = lateProposal.safeParse(fields);
  if (!proposal.success) return said({ status: 422, text: proposal.error.issues[0]?.message ?? '' });
  const { intent: _, ...asked } = proposal.data;
  const outcome = await proposeLate(ctx, asked);
  return outcome.ok ? null : said(answerFor(outcome, LATE_REFUSALS));
}
