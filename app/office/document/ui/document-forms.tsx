import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { DocumentPage } from '../document-view.server.ts';
import { MAX_SCAN_BYTES } from '../limits.ts';

/** What was typed and not taken. */
export interface TypedNumber {
  readonly documentNo: string;
  readonly signedDay: string;
  readonly reason: string;
}

export interface NumberFormProps {
  page: DocumentPage;
  commandId: string;
  error?: string | undefined;
  typed?: TypedNumber | undefined;
}

/** 文号 after signing; once it stands, entering it again is a correction with its reason. */
export function NumberForm({ page, commandId, error, typed }: NumberFormProps) {
  const { number } = page;
  return (
    <FormShell id="number" commandId={commandId}>
      <input type="hidden" name="intent" value="number" />
      <input type="hidden" name="expectedSeq" value={page.lastSeq} />
      <TextField
        label="文号"
        name="documentNo"
        required
        maxLength={60}
        defaultValue={typed?.documentNo ?? number?.documentNo ?? ''}
        hint="如：示例司证〔2026〕12号"
        error={error}
      />
      <DateField
        label="签发日期"
        name="signedDay"
        required
        max={page.today}
        defaultValue={typed?.signedDay ?? number?.signedDay ?? page.today}
      />
      {number ? (
        <TextField
          label="更正原因"
          name="reason"
          required
          maxLength={200}
          defaultValue={typed?.reason ?? ''}
        />
      ) : null}
      <SubmitButton tone={number ? 'secondary' : 'primary'} busyText="正在登记…">
        {number ? '更正文号，原登记保留' : '登记文号'}
      </SubmitButton>
    </FormShell>
  );
}

/** The signed and stamped paper, scanned. */
export function ScanForm({ commandId, error }: { commandId: string; error?: string | undefined }) {
  return (
    <FormShell id="scan" commandId={commandId} encType="multipart/form-data">
      <input type="hidden" name="intent" value="scan" />
      <FileField
        label="扫描件"
        name="file"
        required
        kinds="PDF、JPG 或 PNG"
        maxBytes={MAX_SCAN_BYTES}
        accept=".pdf,.jpg,.jpeg,.png"
        error={error}
      />
      <SubmitButton tone="secondary" busyText="正在上传…">
        附上扫描件
      </SubmitButton>
    </FormShell>
  );
}

/** A paper that is not used: the reason first, nothing is deleted. */
export function WithdrawForm({
  page,
  commandId,
  error,
}: {
  page: DocumentPage;
  commandId: string;
  error?: string | undefined;
}) {
  return (
    <ConfirmDialog
      id="withdraw"
      title="撤回文书"
      trigger="撤回文书"
      confirm="撤回这份文书"
      commandId={commandId}
      reasonLabel="撤回原因"
      reasonError={error}
      hidden={{ intent: 'withdraw', expectedSeq: String(page.lastSeq) }}
    >
      <p>
        {`将撤回“${page.document.title}”。文件、文号和办理记录保留，标明已撤回，不再登记文号和附扫描件。`}
      </p>
    </ConfirmDialog>
  );
}
