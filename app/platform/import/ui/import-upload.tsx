import type { ReactNode } from 'react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ImportIndexData, KindFace } from '../import-pages.ts';
import { MAX_FILE_BYTES } from '../limits.ts';

export interface ImportUploadProps extends Pick<ImportIndexData, 'kind' | 'commandId'> {
  readonly error: string | null;
  /** Fields of the kind's own, above the file: a day, a unit. */
  readonly children?: ReactNode;
}

/** Handing a file in. Nothing is written by it: what follows is a report. */
export function ImportUpload({ kind, commandId, error, children }: ImportUploadProps) {
  return (
    <section className="space-y-6">
      <FormShell id="import" commandId={commandId} encType="multipart/form-data">
        <ErrorSummary errors={error === null ? [] : [{ name: 'file', label: '文件', message: error }]} />
        {children}
        <FileField
          label={`${kind.title}文件`}
          name="file"
          required
          error={error ?? undefined}
          accept={kind.files?.accept ?? '.xlsx,.xls,.csv,.et'}
          maxBytes={MAX_FILE_BYTES}
          kinds={kind.files?.words ?? 'Excel 或 WPS 表格（.xlsx、.xls）、.csv'}
          hint={
            kind.files?.hint ?? `单位平时用的表就可以，不必改成模板；一次最多 ${formatCount(kind.maxRows)} 行`
          }
        />
        <SubmitButton busyText="正在上传…">上传并核对</SubmitButton>
      </FormShell>
      <p className="max-w-measure text-sm text-ink-muted">
        上传后先逐行核对，不写入任何内容；看过核对结果，由您确认后才导入。文件加密保存一周后删除。
      </p>
      {kind.files === null ? <KnownColumns kind={kind} /> : null}
    </section>
  );
}

function KnownColumns({ kind }: { kind: KindFace }) {
  return (
    <details>
      <summary className="cursor-pointer font-semibold text-accent">能识别哪些列</summary>
      <div className="mt-3 max-w-3xl">
        <SimpleTable
          caption={`${kind.title}能识别的列`}
          hideCaption
          head={['列', '要求', '说明']}
          rows={[
            ...kind.fields.map((field) => ({
              key: field.id,
              cells: [field.label, field.isRequired ? '必填' : '选填', field.hint],
            })),
            ...kind.ignored.map(({ label, why }) => ({ key: label, cells: [label, '不读取', why] })),
          ]}
        />
      </div>
    </details>
  );
}
