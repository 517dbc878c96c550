import { Form } from '@remix-run/react';
import { formatInstant, formatTime } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { marksText } from '../../../sitting/ui/paper-parts.ts';
import type { LateAnswer } from '../late-action.server.ts';
import type { LateLine } from '../late-view.server.ts';
import { LATE_REASONS, LATE_REASON_LABELS, LATE_STATE_LABELS } from '../late.ts';

type Decision = LateLine['decisions'][number];

interface LateAttemptProps {
  readonly line: LateLine;
  readonly commandId: string;
  readonly answer: LateAnswer | null;
}

const verdictText = (passed: boolean): string => (passed ? '合格' : '不合格');

/** One candidate with late answers: what counting would change, the proposal, the second person's decision. */
export function LateAttempt({ line, commandId, answer }: LateAttemptProps) {
  const isOpen = line.decisions.some((decision) => decision.state === 'proposed');
  const mayPropose = line.preview !== null && !isOpen && !line.isVoid && !line.isOwn;
  return (
    <li className="min-w-0 rounded-md border border-line bg-surface-raised px-5 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="text-base font-semibold">
          {line.personName}
          <span className="ml-2 font-normal text-ink-muted">{line.unitName}</span>
        </h3>
        <span className="text-sm tabular-nums text-ink-muted">{line.ticketNo ?? ''}</span>
      </div>
      <p className="mt-1 tabular-nums">
        {`现成绩 ${marksText(line.scoreHundredths)} 分（${verdictText(line.passed)}，第 ${line.resultVersion} 版）。`}
        <TextLink to={`/bureau/exams/replay/${line.attemptId}`}>作答回放</TextLink>
      </p>
      <LateFacts line={line} />
      {line.decisions.map((decision) => (
        <DecisionBlock
          key={decision.id}
          decision={decision}
          name={line.personName}
          commandId={commandId}
          answer={answer}
        />
      ))}
      {mayPropose ? <ProposalForm line={line} commandId={commandId} answer={answer} /> : null}
      {line.isVoid ? <p className="mt-2 text-sm">作答已作废，不能再计入。</p> : null}
      {line.isOwn ? <p className="mt-2 text-sm">本人的作答，由其他经办人员办理。</p> : null}
    </li>
  );
}

function LateFacts({ line }: { line: LateLine }) {
  const { preview, firstLateAt, lastLateAt } = line;
  if (!preview || !firstLateAt || !lastLateAt)
    return <p className="mt-2 text-sm text-ink-muted">逾时的作答均已计入。</p>;
  const change = preview.scoreHundredths - line.scoreHundredths;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '';
  return (
    <div className="mt-2 text-sm tabular-nums">
      <p>
        {`结束时间 ${formatInstant(line.closeAt)}；此后收到 ${line.lateCount} 条作答，最早 ${formatTime(firstLateAt)}，最晚 ${formatInstant(lastLateAt)}。`}
      </p>
      <p className="mt-1 font-semibold">
        {`计入后：${marksText(preview.scoreHundredths)} 分（${sign}${marksText(Math.abs(change))}），${verdictText(preview.passed)}；改变 ${preview.changed.length} 题。`}
      </p>
      {preview.changed.length > 0 ? (
        <p className="text-ink-muted">
          {preview.changed
            .map(({ position, from, to }) => `第 ${position} 题 ${from || '未答'}→${to || '未答'}`)
            .join('，')}
        </p>
      ) : null}
    </div>
  );
}

function Refusal({ answer, about }: { answer: LateAnswer | null; about: string }) {
  if (answer?.about !== about) return null;
  return (
    <div role="alert">
      <Callout tone="danger" title={answer.text} />
    </div>
  );
}

function ProposalForm({ line, commandId, answer }: LateAttemptProps) {
  const { attemptId, resultVersion } = line;
  const typed = answer?.about === attemptId ? answer : null;
  return (
    <Form method="post" noValidate className="mt-4 grid gap-4" aria-label={`提请计入 ${line.personName}`}>
      <Refusal answer={answer} about={attemptId} />
      <input type="hidden" name="intent" value="propose" />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="attemptId" value={attemptId} />
      <input type="hidden" name="resultVersion" value={resultVersion} />
      <SelectField
        label="原因"
        name="reasonCode"
        id={`reason-code-${attemptId}`}
        required
        defaultValue={typed?.reasonCode ?? ''}
        options={LATE_REASONS.map((value) => ({ value, label: LATE_REASON_LABELS[value] }))}
      />
      <TextArea
        label="查明的情况和理由"
        name="reason"
        id={`reason-${attemptId}`}
        required
        rows={2}
        defaultValue={typed?.typed ?? ''}
      />
      <div>
        <SubmitButton>{`提请计入${line.personName}的逾时作答`}</SubmitButton>
      </div>
    </Form>
  );
}

const LOOK = {
  proposed: { shape: 'dot', tone: 'pending' },
  confirmed: { shape: 'solid', tone: 'positive' },
  declined: { shape: 'hollow', tone: 'neutral' },
} as const;

function DecisionBlock({
  decision,
  name,
  commandId,
  answer,
}: {
  decision: Decision;
  name: string;
  commandId: string;
  answer: LateAnswer | null;
}) {
  const { state, isOwn } = decision;
  const change = `${marksText(decision.scoreBeforeHundredths)} → ${marksText(decision.scoreAfterHundredths)} 分`;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <StateBadge {...LOOK[state]}>{LATE_STATE_LABELS[state]}</StateBadge>
        <span className="tabular-nums">{`${decision.answerCount} 条作答，${change}`}</span>
      </p>
      <p className="mt-1">{`${LATE_REASON_LABELS[decision.reasonCode]}。${decision.reason}`}</p>
      <p className="text-sm tabular-nums text-ink-muted">
        {`${formatInstant(decision.proposedAt)} ${decision.proposerName}提请`}
        {decision.decidedAt ? `；${formatInstant(decision.decidedAt)} ${decision.deciderName ?? ''}复核` : ''}
        {decision.note ? `：${decision.note}` : ''}
      </p>
      {state === 'proposed' && isOwn ? (
        <p className="mt-2 text-sm">由您提请，须由另一名经办人员复核。</p>
      ) : null}
      {state === 'proposed' && !isOwn ? (
        <Form method="post" noValidate className="mt-3 grid gap-3" aria-label={`复核 ${name}`}>
          <Refusal answer={answer} about={decision.id} />
          <input type="hidden" name="intent" value="decide" />
          <input type="hidden" name="commandId" value={commandId} />
          <input type="hidden" name="decisionId" value={decision.id} />
          <TextArea
            label="意见"
            name="note"
            id={`note-${decision.id}`}
            required="不同意时必填"
            rows={2}
            defaultValue={answer?.about === decision.id ? answer.typed : ''}
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="decision" value="confirm">
              {`同意计入${name}的成绩`}
            </SubmitButton>
            <SubmitButton tone="secondary" name="decision" value="decline">
              不同意
            </SubmitButton>
          </div>
        </Form>
      ) : null}
    </div>
  );
}
