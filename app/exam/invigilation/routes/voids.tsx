import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { ListedVoid } from '../void.store.server.ts';
import { VOID_GROUND_LABELS, VOID_STATE_LABELS } from '../void.ts';
import type { VoidAnswer } from '../void-action.server.ts';
import { handleVoidDecision } from '../void-action.server.ts';
import { viewVoids } from '../void-attempt.server.ts';

export const meta: MetaFunction = () => [{ title: '作废复核 · 执法学堂' }];

export const loader = door('exam.void', async ({ ctx }) => {
  const page = await viewVoids(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { voids: page.value, commandId: newId() };
});

export const action = door('exam.void', async ({ ctx, request }) => {
  const refused = await handleVoidDecision(ctx, await request.formData());
  return refused ? data(refused, { status: refused.status }) : redirect('/bureau/exams/voids?notice=saved');
});

const LOOK = {
  proposed: { shape: 'dot', tone: 'pending' },
  confirmed: { shape: 'solid', tone: 'danger' },
  declined: { shape: 'hollow', tone: 'neutral' },
} as const;

/** Proposals to void an attempt, and the second person's decision. */
export default function Voids() {
  const { voids, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead title="作废复核" meta="作答作废由一人提请、另一人复核；复核前不改变任何成绩。" />
      <Refusal text={answer?.text ?? null} />
      {voids.length === 0 ? (
        <EmptyState
          title="没有提请作废的作答"
          text="从监考页面的考生处提请后，列在这里等待复核。"
          action={<LinkButton to="/invigilate">去监考页面</LinkButton>}
        />
      ) : (
        <ul className="grid max-w-4xl gap-3">
          {voids.map((one) => (
            <VoidItem
              key={one.id}
              proposal={one}
              isOwn={one.isOwn}
              commandId={commandId}
              answer={answer?.typed.voidId === one.id ? answer : null}
            />
          ))}
        </ul>
      )}
    </>
  );
}

interface VoidItemProps {
  readonly proposal: ListedVoid;
  readonly isOwn: boolean;
  readonly commandId: string;
  /** A refused decision about this proposal. */
  readonly answer: VoidAnswer | null;
}

function VoidItem({ proposal, isOwn, commandId, answer }: VoidItemProps) {
  const { id, sittingId, registrationId, attemptId, state } = proposal;
  return (
    <li className="rounded-md border border-line bg-surface-raised px-5 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base font-semibold">
          <TextLink to={`/invigilate/${sittingId}/${registrationId}`}>{proposal.personName}</TextLink>
          <span className="ml-2 font-normal text-ink-muted">{proposal.unitName}</span>
        </h2>
        <StateBadge {...LOOK[state]}>{VOID_STATE_LABELS[state]}</StateBadge>
      </div>
      <p className="text-sm text-ink-muted">{proposal.sittingTitle}</p>
      <p className="mt-2">{`${VOID_GROUND_LABELS[proposal.ground]}。理由：${proposal.reason}`}</p>
      <p className="text-sm tabular-nums text-ink-muted">
        {`${formatInstant(proposal.proposedAt)} ${proposal.proposerName}提请`}
        {proposal.decidedAt ? `；${formatInstant(proposal.decidedAt)} ${proposal.deciderName ?? ''}复核` : ''}
        {proposal.note ? `：${proposal.note}` : ''}
        {' · '}
        <TextLink to={`/bureau/exams/replay/${attemptId}`}>作答回放</TextLink>
      </p>
      {state === 'proposed' && !isOwn ? (
        <DecisionForm voidId={id} name={proposal.personName} commandId={commandId} answer={answer} />
      ) : null}
      {state === 'proposed' && isOwn ? (
        <p className="mt-2 text-sm">由您提请，须由另一名经办人员复核。</p>
      ) : null}
    </li>
  );
}

interface DecisionFormProps extends Pick<VoidItemProps, 'commandId' | 'answer'> {
  readonly voidId: string;
  readonly name: string;
}

function DecisionForm({ voidId, name, commandId, answer }: DecisionFormProps) {
  return (
    <Form method="post" noValidate className="mt-3 grid gap-3" aria-label={`复核 ${name}`}>
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="voidId" value={voidId} />
      <TextArea
        label="意见"
        name="note"
        id={`note-${voidId}`}
        required="不同意时必填"
        rows={2}
        defaultValue={answer?.typed.note}
        error={answer?.errors.note}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton tone="danger" name="decision" value="confirm">
          {`确认${name}的作答作废`}
        </SubmitButton>
        <SubmitButton tone="secondary" name="decision" value="decline">
          不同意
        </SubmitButton>
      </div>
    </Form>
  );
}
