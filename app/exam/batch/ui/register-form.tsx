import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { SANCTIONS, SANCTION_LABELS, SANCTION_MONTHS } from '../../eligibility/sanction.ts';
import type { UnitPosted } from '../registration/unit-action.server.ts';
import type { ChosenPerson } from '../registration/unit-people-view.server.ts';
import { VerdictBadge } from './badges.tsx';
import { ReasonLines } from './reason-list.tsx';

interface RegisterFormProps {
  readonly people: readonly ChosenPerson[];
  readonly posted: UnitPosted;
  readonly isLate: boolean;
  readonly cancelTo: string;
  readonly commandId: string;
}

function SanctionCell({ person, posted }: { person: ChosenPerson; posted: UnitPosted }) {
  const { personId, name } = person;
  const [kind, from] = [`sanction.${personId}`, `from.${personId}`];
  const error = posted.problems[from];
  const id = `register-${from}`;
  return (
    <span className="grid min-w-44 gap-1">
      <select
        name={kind}
        aria-label={`${name}：处分期内的处分`}
        defaultValue={posted.values[kind] ?? ''}
        className="control"
      >
        <option value="">无</option>
        {SANCTIONS.map((one) => (
          <option key={one} value={one}>
            {`${SANCTION_LABELS[one]}（${SANCTION_MONTHS[one]} 个月）`}
          </option>
        ))}
      </select>
      <input
        id={id}
        name={from}
        aria-label={`${name}：处分决定日期`}
        placeholder="决定日期，如 2026-11-21"
        defaultValue={posted.values[from] ?? ''}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className="control"
      />
      {error ? (
        <span id={`${id}-error`} className="font-semibold text-danger">
          {error}
        </span>
      ) : null}
    </span>
  );
}

const labelOf = (name: string, people: readonly ChosenPerson[]): string => {
  if (name === 'promise') return '承诺';
  if (name === 'note') return '补报理由';
  const person = people.find((one) => name === `from.${one.personId}`);
  return person === undefined ? '人员' : `${person.name}的处分决定日期`;
};

/** The chosen once more, with what only the unit knows (处分), and the sentence that says what will be sent to whom. */
export function RegisterForm({ people, posted, isLate, cancelTo, commandId }: RegisterFormProps) {
  const errors = Object.entries(posted.problems).map(([name, message]) => ({
    name,
    label: labelOf(name, people),
    message,
  }));
  const verb = isLate ? '补报' : '报名';
  return (
    <Card title={`核对${verb}人员`} className="mb-6">
      <FormShell id="register" commandId={commandId} warnUnsaved>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="intent" value="register" />
        {people.map(({ personId }) => (
          <input key={personId} type="hidden" name="person" value={personId} />
        ))}
        <SimpleTable
          caption={`将要${verb}的人员`}
          hideCaption
          head={['姓名', '单位', '资格审查', '审查说明', '处分期内的处分']}
          rows={people.map((person) => ({
            key: person.personId,
            cells: [
              <span key="name" className="whitespace-nowrap">
                {person.name}
              </span>,
              person.unitName,
              <VerdictBadge key="verdict" verdict={person.judgement.verdict} />,
              <ReasonLines key="reasons" reasons={person.judgement.reasons} />,
              <SanctionCell key="sanction" person={person} posted={posted} />,
            ],
          }))}
        />
        {isLate ? (
          <TextArea
            label="补报理由"
            name="note"
            rows={2}
            required
            defaultValue={posted.values.note ?? ''}
            error={posted.problems.note}
          />
        ) : null}
        <CheckboxField
          label="本单位已核实：以上人员在编在岗，除已填写的外，不在处分期内"
          name="promise"
          required
          defaultChecked={posted.values.promise === 'on'}
          error={posted.problems.promise}
        />
        <p className="border-l-2 border-line-strong pl-4">
          {`将为 ${people.length} 人${verb}。乡镇、街道人员先由司法所初审，再由司法局审核；结果通知单位和本人。`}
        </p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton busyText="正在提交…">{`提交 ${people.length} 人${verb}`}</SubmitButton>
          <LinkButton to={cancelTo}>返回重选</LinkButton>
        </div>
      </FormShell>
    </Card>
  );
}
