import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { RELEASE_REASON } from '../confirmation.ts';
import type { WaitingRequest } from './confirm-form.tsx';
import { ConfirmForm } from './confirm-form.tsx';

export interface ReleaseCardProps {
  last: { readonly sealNo: number; readonly paperCount: number; readonly release: unknown } | null;
  releaseRequest: (WaitingRequest & { readonly request: { readonly reason: string | null } }) | null;
  /** Released, and new opening codes may still be asked for. */
  mayReleaseAgain: boolean;
  /** What was typed before the command said no. */
  reason: string;
  isBureau: boolean;
  isOver: boolean;
  startMode: 'own' | 'bell';
  commandId: string;
  signerName: string;
}

const OWN_TEXT = '机考不需要启封：到开考时间，考生只能打开本人的试卷。纸笔考试须由两人启封后才能印制。';
const BELL_TEXT =
  '启封后，试卷可以在开考铃前加密存放到考试机上（候考），铃响自动打开，断网凭开卷口令打开；纸笔考试也须启封后才能印制。不启封的，铃响后联网打开本人试卷。';

/** 启封: for printing, and so that papers may lie encrypted on the machines before a common bell. */
export function ReleaseCard(props: ReleaseCardProps) {
  const { last, releaseRequest, isBureau, isOver, startMode, commandId, signerName } = props;
  if (isOver || last === null) return null;
  if (releaseRequest?.request.reason != null)
    return (
      <Card title="重新启封待复核">
        <ConfirmForm
          kind="release"
          waiting={releaseRequest}
          commandId={commandId}
          signerName={signerName}
          consequence={`原因：${releaseRequest.request.reason}。复核后各考场换用新的开卷口令，原口令单作废，须重新打印；已在候考的考试机联网后自动换用新口令。`}
          button="复核启封"
          busyText="正在登记…"
        />
      </Card>
    );
  if (last.release !== null) return isBureau && props.mayReleaseAgain ? <AgainCard {...props} /> : null;
  if (releaseRequest)
    return (
      <Card title="启封待复核">
        <ConfirmForm
          kind="release"
          waiting={releaseRequest}
          commandId={commandId}
          signerName={signerName}
          consequence={`复核后可以印制第 ${last.sealNo} 次封卷为止的 ${last.paperCount} 份试卷，印制人员即可看到试题${startMode === 'bell' ? '；考生入场候考时，试卷加密存放到考试机上，并生成各考场开卷口令' : ''}。`}
          button="复核启封"
          busyText="正在登记…"
        />
      </Card>
    );
  if (!isBureau) return null;
  return (
    <Card title="启封印制">
      <FormShell id="release" commandId={commandId}>
        <p>{startMode === 'bell' ? BELL_TEXT : OWN_TEXT}</p>
        <SubmitButton name="intent" value="file_release" tone="secondary">
          提请启封印制
        </SubmitButton>
      </FormShell>
    </Card>
  );
}

/** The same papers, new 开卷口令. */
function AgainCard({ commandId, reason }: ReleaseCardProps) {
  return (
    <Card title="换发开卷口令">
      <FormShell id="release" commandId={commandId}>
        <p>
          口令单提前拆封、遗失或者口令泄露的，须在开考铃响前重新启封：试卷不变，各考场换用新口令，原口令单作废。
        </p>
        <TextArea
          label="原因"
          name="reason"
          required
          rows={2}
          minLength={RELEASE_REASON.least}
          maxLength={RELEASE_REASON.most}
          defaultValue={reason}
        />
        <SubmitButton name="intent" value="file_release" tone="secondary">
          提请重新启封
        </SubmitButton>
      </FormShell>
    </Card>
  );
}
