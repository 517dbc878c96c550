import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';

export interface ProofFormProps {
  commandId: string;
  day: string;
  /** who stands on the proof, in order */
  persons: readonly { readonly id: string; readonly name: string }[];
}

/** 出具证明 for the persons looked up so far, all on the same day. */
export function ProofForm({ commandId, day, persons }: ProofFormProps) {
  const search = new URLSearchParams({ day });
  for (const { id } of persons) search.append('with', id);
  return (
    <FormShell id="proof" action="/bureau/eligibility/proof" commandId={commandId}>
      <input type="hidden" name="day" value={day} />
      {persons.map(({ id }) => (
        <input key={id} type="hidden" name="person" value={id} />
      ))}
      <p>{`证明所列人员：${persons.map(({ name }) => name).join('、')}`}</p>
      <TextField
        label="申请单位"
        name="applicant"
        required
        maxLength={60}
        hint="要求出具证明的法院、复议机关或其他单位"
      />
      <TextField label="案号" name="caseNo" maxLength={60} hint="如：（2026）示01行初12号" />
      <div className="flex flex-wrap gap-3">
        <SubmitButton busyText="正在出具…">{`出具 ${persons.length} 人的证明`}</SubmitButton>
        <LinkButton to={`/bureau/eligibility?${search.toString()}`}>再加一人</LinkButton>
      </div>
    </FormShell>
  );
}
