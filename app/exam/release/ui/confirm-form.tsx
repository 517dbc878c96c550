import { SignedFormFields } from '#app/office/approval/ui/scan-fields.tsx';
import { formatInstant } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

/** A request that waits for its second person. */
export interface WaitingRequest {
  readonly request: { readonly id: string; readonly filedByName: string; readonly filedAt: Date };
  readonly mayConfirm: boolean;
  readonly needsSignedForm: boolean;
  readonly waitsFor: string | null;
}

export interface ConfirmFormProps {
  kind: 'seal' | 'release';
  waiting: WaitingRequest;
  commandId: string;
  signerName: string;
  /** What happens with the click. */
  consequence: string;
  button: string;
  busyText: string;
}

/** Who asked, who may confirm, and the button of whoever may. */
export function ConfirmForm({ kind, waiting, commandId, signerName, ...words }: ConfirmFormProps) {
  const { request, mayConfirm, needsSignedForm, waitsFor } = waiting;
  return (
    <div className="space-y-4">
      <p>{`${request.filedByName}于 ${formatInstant(request.filedAt)} 提请，等待复核。`}</p>
      {waitsFor === null ? null : <Callout tone="info" title={`${waitsFor}。`} />}
      {mayConfirm ? (
        <FormShell id={`confirm-${kind}`} commandId={commandId} encType="multipart/form-data">
          <input type="hidden" name="requestId" value={request.id} />
          {needsSignedForm ? <SignedFormFields signerName={signerName} /> : null}
          <p className="border-l-2 border-line-strong pl-4">{words.consequence}</p>
          <SubmitButton name="intent" value={`confirm_${kind}`} busyText={words.busyText}>
            {words.button}
          </SubmitButton>
        </FormShell>
      ) : null}
    </div>
  );
}
