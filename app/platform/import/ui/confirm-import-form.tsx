import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ImportRunData } from '../import-pages.ts';

/** The yes to the report as shown: what will be written is on the button. */
export function ConfirmImportForm({
  kind,
  run,
  commandIds,
}: Pick<ImportRunData, 'kind' | 'run' | 'commandIds'>) {
  const { counts } = run;
  const isClean = counts.refused === 0;
  const written = counts.new + counts.change;
  return (
    <FormShell id="confirm" commandId={commandIds.confirm} expectedVersion={run.version}>
      {isClean ? (
        <input type="hidden" name="mode" value="all_or_nothing" />
      ) : (
        <RadioGroup
          label="有退回的行时"
          name="mode"
          required
          defaultValue="good_rows"
          options={[
            {
              value: 'good_rows',
              label: '只导入无误的行',
              hint: `退回的 ${formatCount(counts.refused)} ${kind.rowWord}改好后，用错误说明文件再导入一次，已导入的不会重复`,
            },
            { value: 'all_or_nothing', label: '全部无误才导入', hint: '现在不写入，改好后重新上传整个文件' },
          ]}
        />
      )}
      <SubmitButton name="intent" value="confirm" busyText="正在提交…">
        {`确认导入 ${formatCount(written)} ${kind.rowWord}`}
      </SubmitButton>
    </FormShell>
  );
}
