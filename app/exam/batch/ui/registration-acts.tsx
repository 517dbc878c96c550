import { Card } from '#app/platform/ui/data/card.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { Decision } from '../registration/decision.ts';
import { DECISION_LABELS } from '../registration/decision.ts';
import type { RegistrationPosted } from '../registration/registration-action.server.ts';
import type { RegistrationPage } from '../registration/registration-view.server.ts';
import { ASKED_WORDS } from '../registration/registration-words.ts';

interface ActsProps {
  readonly page: RegistrationPage;
  readonly commandId: string;
  readonly posted: RegistrationPosted | null;
  readonly maxProofBytes: number;
}

const TONES: Readonly<Partial<Record<Decision, 'primary' | 'danger'>>> = {
  approve: 'primary',
  refuse: 'danger',
  revoke: 'danger',
};

function hintOf({ missedExam, registration, waitsForFirstCheck }: RegistrationPage): string {
  if (missedExam) return '最迟入场时间已过，成绩册列为缺考；同意缓考的须写明理由，成绩册改注缓考';
  if (registration.status === 'exempt') return '撤销免考后不参加本批次考试；单位和本人会看到理由';
  return waitsForFirstCheck
    ? '司法所尚未初审；直接审核通过的须写明理由'
    : '需核实的通过、退回、不通过须写明理由，单位和本人会看到';
}

/** The bureau: the reason first, then the buttons that name what they do. */
function DecisionForm({ page, commandId, posted }: ActsProps) {
  const { acts, judgement, registration, waitsForFirstCheck } = page;
  const mayStayEmpty =
    judgement.verdict === 'eligible' &&
    !waitsForFirstCheck &&
    !page.missedExam &&
    registration.status !== 'exempt';
  return (
    <Card title="审核">
      <FormShell id="decide" commandId={commandId} expectedVersion={registration.version}>
        <TextArea
          label="理由"
          name="note"
          rows={3}
          defaultValue={posted?.note ?? ''}
          hint={hintOf(page)}
          required={mayStayEmpty ? '退回、不通过时填写' : true}
        />
        <div className="flex flex-wrap gap-3">
          {acts.decisions.map((decision) => (
            <SubmitButton key={decision} name="intent" value={decision} tone={TONES[decision] ?? 'secondary'}>
              {DECISION_LABELS[decision]}
            </SubmitButton>
          ))}
        </div>
      </FormShell>
    </Card>
  );
}

function FirstCheckForm({ commandId, posted }: ActsProps) {
  return (
    <Card title="初审">
      <FormShell id="first-check" commandId={commandId}>
        <TextArea
          label="意见"
          name="note"
          rows={2}
          defaultValue={posted?.note ?? ''}
          hint="退回须写明理由，单位会看到"
          required="退回时填写"
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="intent" value="first_pass">
            初审通过
          </SubmitButton>
          <SubmitButton name="intent" value="first_return" tone="secondary">
            退回单位
          </SubmitButton>
        </div>
      </FormShell>
    </Card>
  );
}

/** The unit: withdraw, ask for 缓考 or 免考, register again after a return. */
function UnitForm({ page, commandId, posted, maxProofBytes }: ActsProps) {
  const { acts, registration } = page;
  return (
    <Card title="办理">
      <FormShell
        id="unit"
        commandId={commandId}
        expectedVersion={registration.version}
        encType="multipart/form-data"
      >
        <TextArea
          label="理由"
          name="note"
          rows={2}
          defaultValue={posted?.note ?? ''}
          required={acts.registerAgain ? '撤报、缓考、免考时填写' : true}
        />
        {acts.ask.length > 0 ? (
          <FileField
            label="证明材料"
            name="proof"
            maxBytes={maxProofBytes}
            kinds="PDF、JPG 或 PNG"
            hint="免考须上传，如法律职业资格证书；加密保存"
            required="申请免考时上传"
          />
        ) : null}
        <div className="flex flex-wrap gap-3">
          {acts.registerAgain ? (
            <SubmitButton name="intent" value="register_again">
              补正后重新报名
            </SubmitButton>
          ) : null}
          {acts.ask.map((what) => (
            <SubmitButton key={what} name="intent" value={`ask_${what}`} tone="secondary">
              {`申请${ASKED_WORDS[what]}`}
            </SubmitButton>
          ))}
          {acts.withdraw ? (
            <SubmitButton name="intent" value="withdraw" tone="danger">
              撤报
            </SubmitButton>
          ) : null}
        </div>
      </FormShell>
    </Card>
  );
}

/** What this viewer may do with the registration now; nothing at all where nothing is left to do. */
export function RegistrationActs(props: ActsProps) {
  const { acts } = props.page;
  const isUnits = acts.registerAgain || acts.withdraw || acts.ask.length > 0;
  return (
    <>
      {acts.decisions.length > 0 ? <DecisionForm {...props} /> : null}
      {acts.firstCheck ? <FirstCheckForm {...props} /> : null}
      {isUnits ? <UnitForm {...props} /> : null}
    </>
  );
}
