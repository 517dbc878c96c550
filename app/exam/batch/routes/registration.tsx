import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { MAX_PROOF_BYTES } from '#app/office/approval/scan.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { HistoryCard } from '#app/platform/ui/data/history-card.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { batchPath, unitBatchPath } from '../batch.ts';
import { actOnRegistration } from '../registration/registration-action.server.ts';
import { viewRegistration } from '../registration/registration-view.server.ts';
import { RegistrationBadge } from '../ui/badges.tsx';
import { RegistrationActs } from '../ui/registration-acts.tsx';
import { JudgementCard, RegistrationFacts } from '../ui/registration-facts.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.page.registration.personName ?? ''}的报名 · 执法学堂` },
];

export const loader = door('exam.read_registration', async ({ ctx, params }) => {
  if (!isId(params.registration)) throw new Response(null, { status: 404 });
  const page = await viewRegistration(ctx, params.registration);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: page.value, commandId: newId(), maxProofBytes: MAX_PROOF_BYTES };
});

export const action = door('exam.read_registration', async ({ ctx, params, request }) => {
  if (!isId(params.registration)) throw new Response(null, { status: 404 });
  const acted = await actOnRegistration(ctx, params.registration, await request.formData());
  return 'to' in acted ? redirect(acted.to) : data(acted.posted, { status: acted.status });
});

/** One registration for the unit, the 司法所 and the bureau alike: facts, reasons, what to do, what happened. */
export default function RegistrationDesk() {
  const { page, commandId, maxProofBytes } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { registration, batch, judgement, isBureau } = page;
  return (
    <>
      <PageHead
        title={`${registration.personName}的报名`}
        breadcrumb={[
          isBureau
            ? { label: '考试批次', to: '/bureau/exams/batches' }
            : { label: '考试报名', to: '/coordinate/registrations' },
          { label: batch.title, to: isBureau ? batchPath(batch.id) : unitBatchPath(batch.id) },
        ]}
        meta={<RegistrationBadge status={registration.status} />}
      />
      <Refusal text={posted?.refusal ?? null} />
      <div className="grid items-start gap-6 xl:grid-cols-[3fr_2fr]">
        <div className="grid gap-6">
          <RegistrationFacts page={page} />
          <JudgementCard judgement={judgement} />
        </div>
        <div className="grid gap-6">
          <RegistrationActs page={page} commandId={commandId} posted={posted} maxProofBytes={maxProofBytes} />
          <HistoryCard
            lines={[...page.events].reverse().map(({ id, title, at, byName, text }) => ({
              id,
              occurredAt: at,
              title,
              actorName: byName,
              note: text,
            }))}
          />
        </div>
      </div>
    </>
  );
}
