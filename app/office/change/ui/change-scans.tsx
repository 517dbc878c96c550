import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { DocumentScanField, SignedFormFields } from '../../approval/ui/scan-fields.tsx';
import type { ScanLine } from '../../approval/ui/scan-list.tsx';
import { ScanList } from '../../approval/ui/scan-list.tsx';

/** The scans of an act, and where the bureau adds the 批文. */
export function ChangeScans({
  scans,
  mayAttach,
  commandId,
}: {
  scans: readonly ScanLine[];
  mayAttach: boolean;
  commandId: string;
}) {
  return (
    <Card title="扫描件">
      <div className="space-y-4">
        <ScanList scans={scans} />
        {mayAttach ? (
          <FormShell id="attach-scan" commandId={commandId} encType="multipart/form-data">
            <DocumentScanField required />
            <SubmitButton name="act" value="attach" tone="secondary" busyText="正在上传…">
              上传批文扫描件
            </SubmitButton>
          </FormShell>
        ) : null}
      </div>
    </Card>
  );
}

/** The second person of a bureau of one: the signed 审批单, uploaded by the maker. */
export function SignedFormCard({
  signerName,
  commandId,
  expectedVersion,
}: {
  signerName: string;
  commandId: string;
  expectedVersion: number;
}) {
  return (
    <Card title="凭签字的审批单办理">
      <FormShell
        id="signed-form"
        commandId={commandId}
        expectedVersion={expectedVersion}
        encType="multipart/form-data"
      >
        <SignedFormFields signerName={signerName} />
        <SubmitButton name="act" value="confirm" busyText="正在办理…">
          凭审批单同意
        </SubmitButton>
      </FormShell>
    </Card>
  );
}
