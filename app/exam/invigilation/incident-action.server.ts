import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId } from '#app/platform/ids/id.ts';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { findCorrected } from './correction-view.server.ts';
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

/** What was typed, and every ticked event as one text. */
const typedIncident = (form: FormData): Record<string, string> => ({
  ...typedTexts(form),
  evidence: form.getAll('evidence').filter(isId).join(','),
});

/** One posted record, from the page of a sitting or of a candidate. */
export async function handleIncident(
  ctx: ActorCtx,
  sittingId: string,
  form: FormData,
): Promise<IncidentAnswer | null> {
  const typed = typedIncident(form);
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

/** One posted correction: about the same room and candidate as the record it names, whatever the form says. */
export async function handleCorrection(
  ctx: ActorCtx,
  sittingId: string,
  incidentId: string,
  form: FormData,
): Promise<IncidentAnswer | null> {
  const corrected = await findCorrected(ctx, sittingId, incidentId);
  if (!corrected.ok) {
    const { status, text } = answerFor(corrected, INVIGILATION_REFUSALS);
    return { form: 'incident', status, text, errors: {}, typed: typedIncident(form) };
  }
  const { roomId, registrationId } = corrected.value;
  form.set('correctsId', incidentId);
  form.set('registrationId', registrationId ?? '');
  // The room of a candidate is the one the candidate sits in.
  form.set('roomId', registrationId === null ? (roomId ?? '') : '');
  return handleIncident(ctx, sittingId, form);
}
