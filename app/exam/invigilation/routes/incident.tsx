import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { viewCorrection } from '../correction-view.server.ts';
import { handleCorrection } from '../incident-action.server.ts';
import { correctionPath, incidentsPath } from '../incident-paths.ts';
import { IncidentForm } from '../ui/incident-form.tsx';
import { IncidentList } from '../ui/incident-list.tsx';

export const meta: MetaFunction = () => [{ title: '更正考场记录 · 执法学堂' }];

export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting) || !isId(params.incident)) throw new Response(null, { status: 404 });
  const page = await viewCorrection(ctx, params.sitting, params.incident);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, now: ctx.clock.now(), commandId: newId() };
});

export const action = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting) || !isId(params.incident)) throw new Response(null, { status: 404 });
  const refused = await handleCorrection(ctx, params.sitting, params.incident, await request.formData());
  return refused
    ? data(refused, { status: refused.status })
    : redirect(`${incidentsPath(params.sitting)}?notice=saved`);
});

/** One record and the form that corrects it: a new record beside the old one, which stays as it was written. */
export default function CorrectIncident() {
  const { sitting, original, events, now, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { correctedById } = original;
  return (
    <>
      <PageHead
        title="更正记录"
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: sitting.title, to: `/invigilate/${sitting.id}` },
          { label: '考场记录', to: incidentsPath(sitting.id) },
        ]}
        meta={`${original.actorName} ${formatInstant(original.occurredAt)} 登记`}
      />
      <Refusal text={answer?.text ?? null} />
      {correctedById === null ? null : (
        <div className="mb-6">
          <Callout tone="info" title="这条记录已经更正">
            <TextLink to={correctionPath(sitting.id, correctedById)}>查看更正后的记录</TextLink>
            ；仍有不实的，在更正后的记录上再更正。
          </Callout>
        </div>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="原记录">
          <IncidentList incidents={[original]} sittingId={sitting.id} mayReplay={false} mayCorrect={false} />
        </Card>
        {correctedById !== null && !answer ? null : (
          <Card title="更正为" className="no-print">
            <p className="mb-4 text-sm text-ink-muted">更正另存为一条新记录，原记录保留，两条都可查看。</p>
            <IncidentForm
              key={commandId}
              commandId={commandId}
              now={now}
              action={correctionPath(sitting.id, original.id)}
              candidate={
                original.registrationId === null
                  ? undefined
                  : { registrationId: original.registrationId, events }
              }
              original={original}
              typed={answer?.typed ?? {}}
              errors={answer?.errors ?? {}}
            />
          </Card>
        )}
      </div>
    </>
  );
}
