import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { StepDone, StepInput, StepRefusal } from './step-application.server.ts';
import { stepApplication } from './step-application.server.ts';

/**
 * 初审 (T2): the bureau, or the 司法所 for its township (HY13), finds the papers complete or returns them with a reason.
 * Refusals: those of `stepApplication`.
 */
export function reviewApplication(
  ctx: ActorCtx,
  input: StepInput & { readonly verdict: 'accepted' | 'returned' },
): Promise<Outcome<StepDone, StepRefusal>> {
  const { verdict, ...step } = input;
  return stepApplication(ctx, 'application.review', verdict, step);
}

/** The unit puts right what was returned and files again; the review begins anew. */
export function resubmitApplication(
  ctx: ActorCtx,
  input: StepInput,
): Promise<Outcome<StepDone, StepRefusal>> {
  return stepApplication(ctx, 'application.file', 'submitted', input);
}
