import { useActionData, useNavigation } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { FormShell } from '../form/form-shell.tsx';
import { SubmitButton } from '../form/submit-button.tsx';
import { TextArea } from '../form/text-area.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  id: string;
  title: string;
  /** words on the button that opens it */
  trigger: string;
  /** the consequence, as a verb: `注销该证件` */
  confirm: string;
  tone?: 'primary' | 'danger' | undefined;
  size?: 'small' | 'medium' | undefined;
  action?: string | undefined;
  commandId: string;
  expectedVersion?: number | undefined;
  /** label of the reason, which comes before anything else; left out where none is asked */
  reasonLabel?: string | undefined;
  reasonName?: string | undefined;
  reasonError?: string | undefined;
  /** what else the form sends */
  hidden?: Readonly<Record<string, string>> | undefined;
  /** in plain words, what will happen */
  children: ReactNode;
}

/** A destructive or irreversible act: reason first, then the consequence in words, then the button that names it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { id, title, trigger, confirm, tone = 'danger', size, reasonLabel, reasonName = 'reason' } = props;
  const [isOpen, setIsOpen] = useState(props.reasonError !== undefined);
  useAfterSuccess(props.commandId, () => setIsOpen(false));
  return (
    <Dialog title={title} trigger={trigger} triggerSize={size} open={isOpen} onOpenChange={setIsOpen}>
      <FormShell
        id={id}
        action={props.action}
        commandId={props.commandId}
        expectedVersion={props.expectedVersion}
      >
        {Object.entries(props.hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {reasonLabel ? (
          <TextArea label={reasonLabel} name={reasonName} error={props.reasonError} required rows={3} />
        ) : null}
        <div className="border-l-2 border-line-strong pl-4">{props.children}</div>
        <div className="flex justify-end">
          <SubmitButton tone={tone}>{confirm}</SubmitButton>
        </div>
      </FormShell>
    </Dialog>
  );
}

/** Calls back once this command was sent and answered without a refusal: refusals come as action data, success as a
 *  redirect, which may lead to this very page. */
function useAfterSuccess(commandId: string, onSuccess: () => void): void {
  const { state, formData } = useNavigation();
  const isRefused = useActionData() !== undefined;
  const wasSent = useRef(false);
  const isSending = formData?.get('commandId') === commandId;
  useEffect(() => {
    if (isSending) wasSent.current = true;
    if (state !== 'idle' || !wasSent.current) return;
    wasSent.current = false;
    if (!isRefused) onSuccess();
  }, [isSending, state, isRefused, onSuccess]);
}
