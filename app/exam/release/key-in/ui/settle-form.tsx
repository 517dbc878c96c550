import { Card } from '#app/platform/ui/data/card.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { SheetFormProps } from './read-form.tsx';

interface Difference {
  readonly position: number;
  readonly letters: readonly string[];
  readonly isMultiple: boolean;
  readonly readings: readonly { readonly text: string }[];
}

/** The third look: only where two readings differ; what they agree on stands. */
export function SettleForm({
  differences,
  ticketNo,
  commandId,
  errors,
  typed,
}: SheetFormProps & { differences: readonly Difference[] }) {
  const summary = differences.flatMap(({ position }) => {
    const message = errors[`at${position}`];
    return message === undefined ? [] : [{ name: `at${position}`, label: `第 ${position} 题`, message }];
  });
  return (
    <FormShell id="sheet" commandId={commandId} warnUnsaved className="max-w-3xl">
      <input type="hidden" name="ticketNo" value={ticketNo} />
      <input type="hidden" name="step" value="settle" />
      <ErrorSummary errors={summary} />
      <Card title={`两遍录入有 ${differences.length} 题不一致`}>
        <p className="mb-4 text-sm text-ink-muted">
          请对照答题卡原件逐题核定，未作答的填 -。核定后立即入库评分，其余各题以两遍一致的录入为准。
        </p>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {differences.map(({ position, letters, isMultiple, readings }) => (
            <TextField
              key={position}
              label={`第 ${position} 题${isMultiple ? '（多选）' : ''}`}
              name={`at${position}`}
              required
              autoComplete="off"
              spellCheck={false}
              width="short"
              hint={`一遍录“${readings[0]?.text ?? ''}”，另一遍录“${readings[1]?.text ?? ''}”；${letters.includes('T') ? '填 √ 或 ×' : `可选 ${letters.join('、')}`}`}
              defaultValue={typed[`at${position}`] ?? ''}
              error={errors[`at${position}`]}
            />
          ))}
        </div>
      </Card>
      <SubmitButton busyText="正在入库…">核定并入库</SubmitButton>
    </FormShell>
  );
}
