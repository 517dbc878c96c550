import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { DrawForm } from '#app/office/document/ui/draw-form.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

export interface PapersPanelProps {
  sessionId: string;
  commandIds: { readonly one: string; readonly file: string };
  offered: readonly { readonly value: string; readonly label: string }[];
  /** papers in the zip of the whole class; 0 = may not draw */
  fileCount: number;
  documents: readonly DocumentLine[];
}

/** 文书 of a class: one at a time, or everything as one zip (一班一档). */
export function PapersPanel({ sessionId, commandIds, offered, fileCount, documents }: PapersPanelProps) {
  const action = `/coordinate/sessions/${sessionId}/papers`;
  return (
    <div className="max-w-3xl space-y-6">
      <DrawForm action={action} commandId={commandIds.one} papers={offered} />
      {fileCount > 0 ? (
        <FormShell id="class-file" action={action} commandId={commandIds.file} className="space-y-2">
          <input type="hidden" name="paper" value="file" />
          <SubmitButton
            tone="secondary"
            busyText="正在准备…"
          >{`一班一档：${fileCount} 份打成一个压缩包`}</SubmitButton>
          <p className="max-w-measure text-sm text-ink-muted">
            含通知和回执、课程表、签到表；结班后还含学时登记表和每个人的结业证明。
          </p>
        </FormShell>
      ) : null}
      <DocumentList documents={documents} />
    </div>
  );
}
