import { TYPE_LABELS } from '../../../bank/question.ts';
import type { QuestionType } from '../../../bank/question.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { SheetGroup } from '../sheet.ts';

export interface SheetFormProps {
  ticketNo: string;
  commandId: string;
  errors: Readonly<Record<string, string>>;
  typed: Readonly<Record<string, string>>;
}

const HINTS: Readonly<Record<QuestionType, string>> = {
  single: '连续录入，如 ABCDABCDAB；未作答的用 - 占位。',
  multiple: '每题之间空一格，如 AB ACD - BC AD；未作答的用 - 占位。',
  true_false: '对录 T，错录 F（也可以用 √、×），连续录入；未作答的用 - 占位。',
};

const labelOf = ({ items }: SheetGroup): string =>
  `第 ${items[0]?.position ?? ''}–${items.at(-1)?.position ?? ''} 题`;

/** A blind reading: one field for as many questions as the eye takes in at once. Nothing of an earlier reading is here. */
export function ReadForm({
  groups,
  ticketNo,
  commandId,
  errors,
  typed,
}: SheetFormProps & { groups: readonly SheetGroup[] }) {
  const types = [...new Set(groups.map((group) => group.type))];
  const summary = groups.flatMap((group) => {
    const message = errors[group.name];
    return message === undefined ? [] : [{ name: group.name, label: labelOf(group), message }];
  });
  return (
    <FormShell id="sheet" commandId={commandId} warnUnsaved>
      <input type="hidden" name="ticketNo" value={ticketNo} />
      <input type="hidden" name="step" value="read" />
      <ErrorSummary errors={summary} />
      {types.map((type) => (
        <Card key={type} title={TYPE_LABELS[type]}>
          <p className="mb-4 text-sm text-ink-muted">{HINTS[type]}</p>
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
            {groups
              .filter((group) => group.type === type)
              .map((group) => (
                <TextField
                  key={group.name}
                  label={labelOf(group)}
                  name={group.name}
                  required
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                  defaultValue={typed[group.name] ?? ''}
                  error={errors[group.name]}
                />
              ))}
          </div>
        </Card>
      ))}
      <SubmitButton busyText="正在提交…">提交录入</SubmitButton>
    </FormShell>
  );
}
