import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { readIncident } from './incident.schema.ts';
import { INVIGILATION_REFUSALS } from './invigilation-refusals.ts';
import { recordIncident } from './record-incident.server.ts';

/** Null when it was recorded; otherwise what is said, with everything typed. */
export interface IncidentAnswer {
  readonly form: 'incident';
  readonly status: number;
  readonly text: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
}

/** One posted record, from the page of a sitting or of a candidate. */
export async function handleIncident(
  ctx: ActorCtx,
  sittingId: string,
  form: FormData,
): Promise<IncidentAnswer | null> {
  const typed = typedTexts(form);
  const read = readIncident(form);
  if (!read.ok) {
    const errors = firstErrors(read.errors);
    return { form: 'incident', status: 422, text: Object.values(errors)[0] ?? '', errors, typed };
  }
  const outcome = await recordIncident(ctx, { sittingId, ...read.input });
  if (outcome.ok) return null;
  const { status, text } = answerFor(outcome, INVIGILATION_REFUSALS);
  return { form: 'incident', status, text, errors: {}, typed };
}
