import type { ReactNode } from 'react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { MAX_FILE_BYTES } from '../campaign-file.ts';
import type { Posted } from '../posted.ts';
import type { FileListProps } from './file-list.tsx';
import { FileList } from './file-list.tsx';

/** Value and message of one field of an answer. */
export type FieldAt = (name: string) => {
  readonly name: string;
  readonly defaultValue: string;
  readonly error: string | undefined;
};

export interface AnswerFormProps {
  commandId: string;
  expectedVersion: number;
  /** 与上年一致; null where the form itself says it, because a stamped paper goes with it */
  sameLabel: string | null;
  /** what must be uploaded; null for nothing */
  stampedForm: string | null;
  files: FileListProps['files'];
  values: Readonly<Record<string, string>>;
  posted: Posted | null;
  /** the kind's own fields */
  children: (fieldAt: FieldAt) => ReactNode;
}

const SCAN_KINDS = 'PDF、JPG、PNG';

/** The one page on which a unit answers: unchanged in one click, else only what differs. */
export function AnswerForm(props: AnswerFormProps) {
  const { commandId, expectedVersion, sameLabel, stampedForm, files, posted, children } = props;
  const typed = posted?.values ?? {};
  const errors = posted?.errors ?? {};
  const fieldAt: FieldAt = (name) => ({
    name,
    defaultValue: typed[name] ?? props.values[name] ?? '',
    error: errors[name],
  });
  return (
    <div className="space-y-8">
      {sameLabel === null ? null : (
        <SameForm {...{ commandId, expectedVersion, sameLabel }} preparer={props.values.preparer ?? ''} />
      )}
      <FormShell
        id="answer"
        commandId={commandId}
        expectedVersion={expectedVersion}
        encType="multipart/form-data"
        warnUnsaved
        className="space-y-8"
      >
        {/* Enter in a field presses the first button of a form: it must be the harmless one. */}
        <button type="submit" name="intent" value="draft" tabIndex={-1} aria-hidden="true" className="hidden">
          保存草稿
        </button>
        <ErrorSummary
          errors={Object.entries(errors).map(([name, message]) => ({ name, label: '', message }))}
        />
        {children(fieldAt)}
        <section aria-labelledby="answer-files" className="space-y-4">
          <h2 id="answer-files" className="text-lg font-semibold">
            附件
          </h2>
          {stampedForm === null ? null : (
            <SubmitButton name="intent" value="print" tone="secondary" busyText="正在生成…">
              按所填内容生成待盖章的表
            </SubmitButton>
          )}
          <FileList files={files} mayRemove />
          {stampedForm === null ? null : (
            <FileField
              label={stampedForm}
              name="stamped_form"
              required
              maxBytes={MAX_FILE_BYTES}
              kinds={SCAN_KINDS}
            />
          )}
          <FileField label="依据材料" name="proof" maxBytes={MAX_FILE_BYTES} kinds={SCAN_KINDS} multiple />
        </section>
        <section aria-labelledby="answer-preparer" className="space-y-4">
          <h2 id="answer-preparer" className="text-lg font-semibold">
            填表人
          </h2>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="填表人" {...fieldAt('preparer')} required />
            <TextField label="联系电话" {...fieldAt('phone')} type="tel" />
          </div>
        </section>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="intent" value="submit" busyText="正在提交…">
            提交
          </SubmitButton>
          <SubmitButton name="intent" value="draft" tone="secondary" busyText="正在保存…">
            保存草稿
          </SubmitButton>
        </div>
      </FormShell>
    </div>
  );
}

function SameForm({
  commandId,
  expectedVersion,
  sameLabel,
  preparer,
}: {
  commandId: string;
  expectedVersion: number;
  sameLabel: string;
  preparer: string;
}) {
  return (
    <Callout tone="info" title={`没有变化的，一键确认“${sameLabel}”`}>
      <FormShell id="same" commandId={commandId} expectedVersion={expectedVersion} className="mt-3">
        <input type="hidden" name="preparer" value={preparer} />
        <SubmitButton name="intent" value="same" busyText="正在提交…">
          {`${sameLabel}，提交`}
        </SubmitButton>
      </FormShell>
    </Callout>
  );
}
