import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { readSignedForm } from '#app/office/approval/signed-form.server.ts';
import { batchPath } from '#app/office/document/paths.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { confirmRelease, confirmSeal } from './confirm-custody.server.ts';
import { sealPath } from './confirmation.ts';
import type { CustodyForm } from './custody.schema.ts';
import { fileCustody } from './file-custody.server.ts';
import { printSet } from './printed/print-set.server.ts';
import type { CustodyRefusal } from './refusals.ts';

/** Where to go after what a button of the sealing page did. */
type Done = { readonly to: string };

async function confirmed(
  ctx: ActorCtx,
  asked: Extract<CustodyForm, { requestId: string }> & { readonly sittingId: string },
  form: FormData,
): Promise<Outcome<unknown, CustodyRefusal>> {
  const signedForm = await readSignedForm(form);
  if (!signedForm.ok) return signedForm;
  const { sittingId, requestId, commandId, intent } = asked;
  const input = { sittingId, requestId, commandId, signedForm: signedForm.value ?? undefined };
  return intent === 'confirm_seal'
    ? confirmSeal(ctx, { kind: 'seal', ...input })
    : confirmRelease(ctx, { kind: 'release', ...input });
}

/** Does what was asked on the sealing page of a sitting; refusals as the commands behind it. */
export async function actOnSeal(
  ctx: ActorCtx,
  sittingId: string,
  asked: CustodyForm,
  form: FormData,
): Promise<Outcome<Done, CustodyRefusal>> {
  const { commandId } = asked;
  switch (asked.intent) {
    case 'file_seal': {
      const filed = await fileCustody(ctx, { kind: 'seal', sittingId, mode: asked.mode, commandId });
      return filed.ok ? done({ to: `${sealPath(sittingId)}?notice=submitted` }) : filed;
    }
    case 'file_release': {
      const filed = await fileCustody(ctx, { kind: 'release', sittingId, reason: asked.reason, commandId });
      return filed.ok ? done({ to: `${sealPath(sittingId)}?notice=submitted` }) : filed;
    }
    case 'confirm_seal':
    case 'confirm_release': {
      const outcome = await confirmed(ctx, { ...asked, sittingId }, form);
      return outcome.ok ? done({ to: `${sealPath(sittingId)}?notice=approved` }) : outcome;
    }
    case 'print': {
      const started = await printSet(ctx, { sittingId, roomNo: asked.room, commandId });
      return started.ok ? done({ to: batchPath(started.value.batchId) }) : started;
    }
  }
}
