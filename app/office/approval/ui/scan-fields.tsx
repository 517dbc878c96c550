import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { MAX_SCAN_BYTES } from '../../document/limits.ts';
import { SCAN_KINDS } from '../scan.ts';

/** The scan of the 批文, in a multipart form. Read on the server by `readUploadedScan(form.get('scan'), …)`. */
export function DocumentScanField({ required, hint }: { required?: boolean; hint?: string }) {
  return (
    <FileField
      label="批文扫描件"
      name="scan"
      accept=".pdf,.jpg,.jpeg,.png"
      kinds={SCAN_KINDS}
      maxBytes={MAX_SCAN_BYTES}
      required={required}
      hint={hint}
    />
  );
}

/** What stands for the second person in a bureau of one: the signed 审批单 and who signed it. */
export function SignedFormFields({ signerName, error }: { signerName: string; error?: string | undefined }) {
  return (
    <>
      <FileField
        label="签字的审批单"
        name="signedForm"
        accept=".pdf,.jpg,.jpeg,.png"
        kinds={SCAN_KINDS}
        maxBytes={MAX_SCAN_BYTES}
        required
      />
      <TextField
        label="审批人"
        name="signerName"
        width="medium"
        maxLength={40}
        required
        defaultValue={signerName}
        error={error}
        hint="在审批单上签字的分管领导姓名"
      />
    </>
  );
}
