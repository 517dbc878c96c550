import { formatInstant } from '#app/platform/time/day.ts';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import type { FilePurpose } from '../campaign-file.ts';
import { FILE_PURPOSE_LABELS } from '../campaign-file.ts';

export interface FileListProps {
  files: readonly {
    readonly id: string;
    readonly purpose: FilePurpose;
    readonly fileName: string;
    readonly byteCount: number;
    readonly uploadedAt: Date;
  }[];
  /** inside a form: each file gets a button that takes it out and keeps what was typed */
  mayRemove: boolean;
}

/** Stamped forms and proofs of a unit. */
export function FileList({ files, mayRemove }: FileListProps) {
  if (files.length === 0) return <p className="text-ink-muted">尚未上传附件。</p>;
  return (
    <ul className="space-y-2">
      {files.map((file) => (
        <li key={file.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="text-sm text-ink-muted">{FILE_PURPOSE_LABELS[file.purpose]}</span>
          <TextLink to={`/campaigns/files/${file.id}`} reloadDocument>
            {file.fileName}
          </TextLink>
          <span className="text-sm tabular-nums text-ink-muted">
            {formatBytes(file.byteCount)}，{formatInstant(file.uploadedAt)}
          </span>
          {mayRemove ? (
            <SubmitButton name="intent" value={`detach:${file.id}`} tone="secondary" size="small">
              移除
              <span className="sr-only">{file.fileName}</span>
            </SubmitButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
