import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { MAX_PROOF_BYTES } from '#app/office/approval/scan.ts';
import { readUploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { registrationPath } from '../batch.ts';
import type { BatchRefusal } from '../refusals.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { decideRegistration } from './decide-registration.server.ts';
import { firstCheck } from './first-check.server.ts';
import { declaredSanction } from './judge-candidates.server.ts';
import { registerPeople } from './register-people.server.ts';
import type { RegistrationActForm } from './registration.schema.ts';
import { registrationActSchema } from './registration.schema.ts';
import { findRegistration } from './registration.store.server.ts';
import { askForRegistration, withdrawRegistration } from './unit-acts.server.ts';

export interface RegistrationPosted {
  readonly intent: string;
  readonly note: string;
  readonly refusal: string;
}

export type RegistrationActed =
  { readonly to: string } | { readonly posted: RegistrationPosted; readonly status: number };

const only = (outcome: Outcome<unknown, BatchRefusal>): Outcome<null, BatchRefusal> =>
  outcome.ok ? done(null) : outcome;

async function run(
  ctx: ActorCtx,
  registrationId: string,
  act: RegistrationActForm,
  form: FormData,
): Promise<Outcome<null, BatchRefusal>> {
  const { commandId } = act;
  const note = act.note ?? '';
  switch (act.intent) {
    case 'withdraw':
      return only(
        await withdrawRegistration(ctx, {
          registrationId,
          note,
          expectedVersion: act.expectedVersion,
          commandId,
        }),
      );
    case 'ask_defer':
    case 'ask_exempt': {
      const proof = await readUploadedScan(form.get('proof'), {
        mostBytes: MAX_PROOF_BYTES,
        name: '证明材料',
      });
      if (!proof.ok) return proof;
      const what = act.intent === 'ask_defer' ? 'defer' : 'exempt';
      const { expectedVersion } = act;
      return only(
        await askForRegistration(ctx, {
          registrationId,
          what,
          note,
          proof: proof.value,
          expectedVersion,
          commandId,
        }),
      );
    }
    case 'register_again':
    case 'first_pass':
    case 'first_return': {
      const known = await findRegistration(ctx.pool, registrationId);
      if (known === null) return refused('NOT_FOUND');
      const { batchId, personId } = known;
      if (act.intent === 'register_again') {
        const people = [{ personId, sanction: declaredSanction(known) }];
        return only(await registerPeople(ctx, { batchId, people, note: act.note ?? null, commandId }));
      }
      const verdict = act.intent === 'first_pass' ? 'pass' : 'return';
      const registrationIds = [registrationId];
      return only(
        await firstCheck(ctx, { batchId, registrationIds, verdict, note: act.note ?? null, commandId }),
      );
    }
    case 'approve':
    case 'return':
    case 'refuse':
    case 'defer':
    case 'exempt':
    case 'decline':
    case 'reopen':
    case 'revoke': {
      const { intent: decision, expectedVersion } = act;
      return only(
        await decideRegistration(ctx, {
          registrationId,
          decision,
          note: act.note ?? null,
          expectedVersion,
          commandId,
        }),
      );
    }
  }
}

/** The posts of one registration's page: the unit's, the 司法所's and the bureau's acts. */
export async function actOnRegistration(
  ctx: ActorCtx,
  registrationId: string,
  form: FormData,
): Promise<RegistrationActed> {
  const intent = String(form.get('intent') ?? '');
  const note = String(form.get('note') ?? '');
  const texts = [...form].filter(([, value]) => typeof value === 'string' && value !== '');
  const parsed = registrationActSchema.safeParse(Object.fromEntries(texts));
  if (!parsed.success) {
    const refusal = `${parsed.error.issues[0]?.message ?? '请刷新页面后重试'}。`;
    return { posted: { intent, note, refusal }, status: 422 };
  }
  const outcome = await run(ctx, registrationId, parsed.data, form);
  if (outcome.ok) return { to: `${registrationPath(registrationId)}?notice=saved` };
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return { posted: { intent, note, refusal: text }, status };
}
