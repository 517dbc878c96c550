import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { fieldId } from '#app/platform/ui/form/form-context.ts';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { registrationPath } from '../batch.ts';
import type { RecheckErrors, RecheckPosted } from '../registration/recheck-action.server.ts';
import type { RecheckPage } from '../registration/recheck-eligibility.server.ts';
import { RowsError } from './rows-error.tsx';

const NO_ERRORS: RecheckErrors = {};

interface RecheckListProps {
  readonly people: NonNullable<RecheckPage['people']>;
  readonly commandId: string;
  readonly posted: RecheckPosted | null;
}

/** Whom the rules would refuse today, with the reasons; the chosen are returned or refused with one reason. */
export function RecheckList({ people, commandId, posted }: RecheckListProps) {
  const errors: RecheckErrors = posted?.errors ?? NO_ERRORS;
  return (
    <Card title={`已不符合报考条件的 ${people.length} 人`}>
      <FormShell id="recheck-list" commandId={commandId}>
        <ErrorSummary
          errors={[
            ...(errors.ids === undefined ? [] : [{ name: 'ids', label: '选择', message: errors.ids }]),
            ...(errors.note === undefined ? [] : [{ name: 'note', label: '理由', message: errors.note }]),
          ]}
        />
        <RowsError id={fieldId('recheck-list', 'ids')} text={errors.ids} />
        <SimpleTable
          caption="已不符合报考条件的人员"
          hideCaption
          head={['选择', '姓名', '单位', '不符合的情况']}
          rows={people.map((one) => ({
            key: one.registrationId,
            cells: [
              <span key="tick">
                <input
                  type="checkbox"
                  name="ids"
                  value={one.registrationId}
                  defaultChecked={posted?.chosen.includes(one.registrationId) ?? false}
                  aria-label={`选择${one.name}，${one.unitName}`}
                  className="tick"
                />
                <input type="hidden" name={`version.${one.registrationId}`} value={one.version} />
                <input type="hidden" name={`command.${one.registrationId}`} value={one.commandId} />
              </span>,
              <TextLink key="name" to={registrationPath(one.registrationId)}>
                {one.name}
              </TextLink>,
              one.unitName,
              one.reasons.join('；'),
            ],
          }))}
        />
        <TextArea
          label="理由"
          name="note"
          rows={2}
          required
          defaultValue={posted?.note ?? ''}
          error={errors.note}
          hint="单位和本人会看到，如：已调离执法岗位"
        />
        <p className="border-l-2 border-line-strong pl-4">
          退回、不通过的，座位和准考证随之取消；登记有误的，请先由单位更正人员信息，再重新核对。未勾选的保持原样。
        </p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="intent" value="return">
            退回所选人员
          </SubmitButton>
          <SubmitButton name="intent" value="refuse" tone="danger">
            所选人员审核不通过
          </SubmitButton>
        </div>
      </FormShell>
    </Card>
  );
}
