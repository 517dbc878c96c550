import { useActionData, useNavigation } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { FormShell } from '../form/form-shell.tsx';
import { SubmitButton } from '../form/submit-button.tsx';
import { TextArea } from '../form/text-area.tsx';
import { Dialog } from './dialog.tsx';
import { Refusal } from './refusal.tsx';

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
  const [refusal, setRefusal] = useState<string | null>(null);
  useAnswer(props.commandId, (answer) => {
    // Said here, with what was typed: what the page says is hidden behind the dialog.
    setRefusal(refusalIn(answer));
    if (answer === undefined) setIsOpen(false);
  });
  return (
    <Dialog title={title} trigger={trigger} triggerSize={size} open={isOpen} onOpenChange={setIsOpen}>
      <FormShell
        id={id}
        action={props.action}
        commandId={props.commandId}
        expectedVersion={props.expectedVersion}
      >
        <Refusal text={refusal} />
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

/** Calls back once this command was sent and answered: refusals come as action data, success as a redirect (undefined),
 *  which may lead to this very page. */
function useAnswer(commandId: string, onAnswer: (answer: unknown) => void): void {
  const { state, formData } = useNavigation();
  const answer: unknown = useActionData();
  const wasSent = useRef(false);
  const isSending = formData?.get('commandId') === commandId;
  useEffect(() => {
    if (isSending) wasSent.current = true;
    if (state !== 'idle' || !wasSent.current) return;
    wasSent.current = false;
    onAnswer(answer);
  }, [isSending, state, answer, onAnswer]);
}

/** The sentence of a refusal in what an action answers: `refusal` is the text, or an object that has it. */
export function refusalIn(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('refusal' in answer)) return null;
  const { refusal } = answer;
  if (typeof refusal === 'string') return refusal;
  const hasText = typeof refusal === 'object' && refusal !== null && 'text' in refusal;
  return hasText && typeof refusal.text === 'string' ? refusal.text : null;
}
