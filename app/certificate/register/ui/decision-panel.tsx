import type { SubmissionResult } from '@conform-to/react';
import { addMonths } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { CertificatePage, WaitingProposal } from '../certificate-view.server.ts';
import type { ProposableKind } from '../proposal.ts';
import { EVENT_LABELS } from '../transition-table.ts';
import { DecisionFields } from './decision-fields.tsx';

export interface DecisionPanelProps {
  deciding: NonNullable<CertificatePage['deciding']>;
  today: string;
  /** chosen in the URL (`?act=`), offered or not */
  act: string | null;
  commandId: string;
  expectedVersion: number;
  lastResult: SubmissionResult<string[]> | null;
  preview: { readonly sentence: string; readonly filled: readonly (readonly [string, string])[] } | null;
}

/** What may be decided about the card: proposed by one person, confirmed by another. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { deciding, act, today, commandId, expectedVersion, lastResult, preview } = props;
  if (deciding.isOwnCard)
    return <Callout tone="warning" title="这是您本人的证件，处理事项应当回避，请由其他人员办理。" />;
  if (deciding.waiting)
    return <Waiting waiting={deciding.waiting} commandId={commandId} expectedVersion={expectedVersion} />;
  const kind = deciding.offered.find((offered) => offered === act);
  if (kind === undefined) return <Offers offered={deciding.offered} />;
  if (preview) return <Preview {...{ kind, preview, commandId, expectedVersion }} />;
  return (
    <>
      <h3 data-arrival tabIndex={-1} className="mb-4 text-lg font-semibold">
        拟办：{EVENT_LABELS[kind]}
      </h3>
      <DecisionFields
        kind={kind}
        today={today}
        authorities={deciding.authorities}
        reapplyDay={addMonths(today, deciding.reapplyBarMonths)}
        commandId={commandId}
        expectedVersion={expectedVersion}
        lastResult={lastResult}
      />
      <p className="mt-4">
        <LinkButton to="?" tone="quiet" size="small">
          不办理
        </LinkButton>
      </p>
    </>
  );
}

function Offers({ offered }: { offered: readonly ProposableKind[] }) {
  if (offered.length === 0) return <p className="text-ink-muted">证件已终止，没有可办理的事项。</p>;
  return (
    <>
      <p className="mb-3 text-sm text-ink-muted">
        选择拟办事项；提交后由另一名人员复核，复核前证件状态不变。
      </p>
      <div className="flex flex-wrap gap-2">
        {offered.map((kind) => (
          <LinkButton key={kind} to={`?act=${kind}`} size="small">
            {EVENT_LABELS[kind]}
          </LinkButton>
        ))}
      </div>
    </>
  );
}

interface StampProps {
  commandId: string;
  expectedVersion: number;
}

function Preview({
  kind,
  preview,
  ...stamp
}: StampProps & { kind: ProposableKind; preview: NonNullable<DecisionPanelProps['preview']> }) {
  return (
    <FormShell id="decision-preview" {...stamp}>
      {preview.filled.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div data-arrival tabIndex={-1}>
        <Callout tone="warning" title={`拟办：${EVENT_LABELS[kind]}`}>
          {preview.sentence}
        </Callout>
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="intent" value="propose">
          提交复核
        </SubmitButton>
        <SubmitButton name="intent" value="edit" tone="secondary">
          返回修改
        </SubmitButton>
      </div>
    </FormShell>
  );
}

function Waiting({ waiting, ...stamp }: StampProps & { waiting: WaitingProposal }) {
  const { id, kind, sentence, proposerName, isOwn } = waiting;
  return (
    <>
      <div data-arrival tabIndex={-1}>
        <Callout tone="warning" title={`待复核：${EVENT_LABELS[kind]}（拟办人 ${proposerName}）`}>
          {sentence}
        </Callout>
      </div>
      {isOwn ? (
        <p className="mt-4 text-ink-muted">须由另一名人员复核。您可以写明理由后撤回。</p>
      ) : (
        <FormShell id="confirm" {...stamp} className="mt-5">
          <input type="hidden" name="proposalId" value={id} />
          <SubmitButton name="intent" value="confirm" tone="danger">
            同意并{EVENT_LABELS[kind]}
          </SubmitButton>
        </FormShell>
      )}
      <FormShell id="decline" {...stamp} className="mt-5">
        <input type="hidden" name="proposalId" value={id} />
        <TextArea
          label={isOwn ? '撤回理由' : '不同意的理由'}
          name="opinion"
          required
          rows={2}
          maxLength={500}
        />
        <SubmitButton name="intent" value="decline" tone="secondary">
          {isOwn ? '撤回拟办' : '不同意'}
        </SubmitButton>
      </FormShell>
    </>
  );
}
