import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { PaperMode } from '../paper-mode.ts';
import { PAPER_MODE_LABELS } from '../paper-mode.ts';
import type { WaitingRequest } from './confirm-form.tsx';
import { ConfirmForm } from './confirm-form.tsx';

export interface SealCardProps {
  counts: { readonly approved: number; readonly sealed: number; readonly atStart: number };
  sealRequest: (WaitingRequest & { readonly request: { readonly paperMode: PaperMode | null } }) | null;
  /** How earlier seals of this sitting drew; later ones must do the same. */
  fixedMode: PaperMode | null;
  isBureau: boolean;
  isOver: boolean;
  commandId: string;
  signerName: string;
}

const MODE_HINTS: Readonly<Record<PaperMode, string>> = {
  each: '每人单独组卷，相邻座位同一题号不出同一题。适合机考，也可以印制。',
  ab: '全场两套试卷，相邻座位一人 A 卷、一人 B 卷。适合集中印制的纸笔考试。',
};

/** 封卷: one person asks, another confirms, and with that the papers are drawn and frozen. */
export function SealCard(props: SealCardProps) {
  const { counts, sealRequest, isBureau, isOver, commandId, signerName } = props;
  const missing = counts.approved - counts.sealed - counts.atStart;
  if (sealRequest)
    return (
      <Card title="封卷待复核">
        <ConfirmForm
          kind="seal"
          waiting={sealRequest}
          commandId={commandId}
          signerName={signerName}
          consequence={`复核后立即为 ${formatCount(missing)} 名考生组卷并封存（${PAPER_MODE_LABELS[sealRequest.request.paperMode ?? 'each']}），此后题库修改不影响这些试卷。开考前任何人不能查看。`}
          button="复核封卷"
          busyText="正在组卷封存…"
        />
      </Card>
    );
  if (isOver) return null;
  if (missing === 0)
    return (
      <Card title="封卷">
        <p className="text-ink-muted">
          {counts.approved === 0
            ? '还没有审核通过的考生。'
            : '审核通过的考生都已有试卷。补报人员审核通过后，可在这里补封。'}
        </p>
      </Card>
    );
  if (!isBureau)
    return (
      <Card title="封卷">
        <p className="text-ink-muted">还没有人提请封卷。</p>
      </Card>
    );
  return (
    <Card title={props.fixedMode === null ? '提请封卷' : '提请补封'}>
      <SealForm {...props} missing={missing} />
    </Card>
  );
}

function SealForm({ fixedMode, commandId, missing }: SealCardProps & { missing: number }) {
  return (
    <FormShell id="seal" commandId={commandId}>
      {fixedMode === null ? (
        <RadioGroup
          label="组卷方式"
          name="mode"
          required
          defaultValue="each"
          options={(['each', 'ab'] as const).map((value) => ({
            value,
            label: PAPER_MODE_LABELS[value],
            hint: MODE_HINTS[value],
          }))}
        />
      ) : (
        <>
          <input type="hidden" name="mode" value={fixedMode} />
          <p>{`按已封试卷的方式（${PAPER_MODE_LABELS[fixedMode]}）补封，已封的试卷不变。`}</p>
        </>
      )}
      <p className="border-l-2 border-line-strong pl-4">
        {`将为 ${formatCount(missing)} 名考生组卷。提请后由另一人复核，复核时才组卷封存。请在考场编排完成后办理，座位决定相邻试卷。`}
      </p>
      <SubmitButton name="intent" value="file_seal">
        提请封卷
      </SubmitButton>
    </FormShell>
  );
}
