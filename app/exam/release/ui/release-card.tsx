import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { WaitingRequest } from './confirm-form.tsx';
import { ConfirmForm } from './confirm-form.tsx';

export interface ReleaseCardProps {
  last: { readonly sealNo: number; readonly paperCount: number; readonly release: unknown } | null;
  releaseRequest: WaitingRequest | null;
  isBureau: boolean;
  commandId: string;
  signerName: string;
}

/** 启封印制: only for exams on paper; an exam on screens opens with its bell. */
export function ReleaseCard({ last, releaseRequest, isBureau, commandId, signerName }: ReleaseCardProps) {
  if (last === null || last.release !== null) return null;
  if (releaseRequest)
    return (
      <Card title="启封待复核">
        <ConfirmForm
          kind="release"
          waiting={releaseRequest}
          commandId={commandId}
          signerName={signerName}
          consequence={`复核后可以印制第 ${last.sealNo} 次封卷为止的 ${last.paperCount} 份试卷，印制人员即可看到试题。`}
          button="复核启封"
          busyText="正在登记…"
        />
      </Card>
    );
  if (!isBureau) return null;
  return (
    <Card title="启封印制">
      <FormShell id="release" commandId={commandId} className="space-y-4">
        <p>机考不需要启封：到开考时间，考生只能打开本人的试卷。纸笔考试须由两人启封后才能印制。</p>
        <SubmitButton name="intent" value="file_release" tone="secondary">
          提请启封印制
        </SubmitButton>
      </FormShell>
    </Card>
  );
}
