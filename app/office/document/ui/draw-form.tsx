import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

export interface DrawFormProps {
  /** where the form is sent: the slice's own action, which has the data */
  action: string;
  commandId: string;
  /** papers that can be drawn for this matter now */
  papers: readonly { readonly value: string; readonly label: string }[];
  id?: string | undefined;
}

/** 出具文书: choose the paper, get the document. */
export function DrawForm({ action, commandId, papers, id = 'draw' }: DrawFormProps) {
  if (papers.length === 0) return null;
  return (
    <FormShell id={id} action={action} commandId={commandId} className="space-y-0">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label="文书"
          name="paper"
          required
          placeholder={null}
          options={papers}
          className="min-w-0 flex-1 basis-56"
        />
        <SubmitButton tone="secondary" busyText="正在出具…">
          出具文书
        </SubmitButton>
      </div>
    </FormShell>
  );
}
