import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { StepDone, StepInput, StepRefusal } from './step-application.server.ts';
import { stepApplication } from './step-application.server.ts';

/**
 * 批准 (T3) by a person of the bureau who has neither filed nor reviewed; also 不予核发, and the return to the unit.
 * Refusals: those of `stepApplication`.
 */
export function approveApplication(
  ctx: ActorCtx,
  input: StepInput & { readonly verdict: 'approved' | 'rejected' | 'returned' },
): Promise<Outcome<StepDone, StepRefusal>> {
  const { verdict, ...step } = input;
  return stepApplication(ctx, 'application.approve', verdict, step);
}
