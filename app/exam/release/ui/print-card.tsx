import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

export interface PrintCardProps {
  rooms: readonly { readonly no: number; readonly name: string }[];
  documents: readonly DocumentLine[];
  commandId: string;
}

/** 印制: the released set as one zip of PDF files, room by room. */
export function PrintCard({ rooms, documents, commandId }: PrintCardProps) {
  return (
    <Card title="印制密封试卷">
      <div className="space-y-6">
        <FormShell id="print" commandId={commandId}>
          <SelectField
            label="范围"
            name="room"
            required
            defaultValue=""
            options={[
              { value: '', label: '全场' },
              ...rooms.map(({ no, name }) => ({ value: String(no), label: name })),
            ]}
          />
          <p className="text-sm text-ink-muted">
            试卷、答题卡为
            PDF，按考场分文件夹，另附试卷交接单。生成后自动打包，七日内可以下载；谁提请、谁复核、谁生成都有记录。
          </p>
          <SubmitButton name="intent" value="print" busyText="正在排队…">
            生成印制文件
          </SubmitButton>
        </FormShell>
        {documents.length > 0 ? <DocumentList documents={documents} /> : null}
      </div>
    </Card>
  );
}
