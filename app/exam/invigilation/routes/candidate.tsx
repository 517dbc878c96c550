import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant, formatTime } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleAct } from '../act-action.server.ts';
import { viewCandidate } from '../candidate-view.server.ts';
import { eventLabel, eventText } from '../event-words.ts';
import { handleIncident } from '../incident-action.server.ts';
import { handleVoid } from '../void-action.server.ts';
import { ActAnswerBox } from '../ui/act-answer.tsx';
import { ActPanel } from '../ui/act-panel.tsx';
import { CandidateFacts } from '../ui/candidate-facts.tsx';
import { IncidentForm } from '../ui/incident-form.tsx';
import { IncidentList } from '../ui/incident-list.tsx';
import { VoidCard } from '../ui/void-card.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `监考：${page?.candidate.name ?? ''} · 执法学堂` },
];

export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting) || !isId(params.registration)) throw new Response(null, { status: 404 });
  const page = await viewCandidate(ctx, params.sitting, params.registration);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, commandIds: { act: newId(), record: newId(), void: newId() } };
});

export const action = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting) || !isId(params.registration)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const saved = `/invigilate/${params.sitting}/${params.registration}?notice=saved`;
  const intent = form.get('intent');
  switch (typeof intent === 'string' ? intent : '') {
    case 'record': {
      const refused = await handleIncident(ctx, params.sitting, form);
      return refused ? data(refused, { status: refused.status }) : redirect(saved);
    }
    case 'void': {
      const refused = await handleVoid(ctx, form);
      return refused ? data(refused, { status: refused.status }) : redirect(saved);
    }
    default: {
      const answer = await handleAct(ctx, params.sitting, form);
      return data({ form: 'act' as const, ...answer }, { status: answer.status });
    }
  }
});

const NOTHING = { typed: {}, errors: {} };

/** One candidate of the day: how they stand, what happened, and what can be done. */
export default function InvigilatedCandidate() {
  const page = useLoaderData<typeof loader>();
  const { sitting, candidate, tile, events, incidents, voids, commandIds, moment } = page;
  const answer = useActionData<typeof action>();
  const act = answer?.form === 'act' ? answer : null;
  const path = `/invigilate/${sitting.id}/${candidate.registrationId}`;
  const refusedAct = act?.kind === 'refused' ? act : NOTHING;
  const refusedVoid = answer?.form === 'void' ? answer : NOTHING;
  const refusedRecord = answer?.form === 'incident' ? answer : NOTHING;
  return (
    <>
      <PageHead
        title={candidate.name}
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: sitting.title, to: `/invigilate/${sitting.id}` },
        ]}
        meta={`${candidate.unitName} · 准考证号 ${candidate.ticketNo} · ${candidate.idNumberMasked}`}
        action={
          page.mayReplay && tile.attemptId ? (
            <LinkButton to={`/bureau/exams/replay/${tile.attemptId}`} tone="secondary">
              作答回放
            </LinkButton>
          ) : null
        }
      />
      <ActAnswerBox answer={act} />
      {candidate.codeBlockedSeconds === null ? null : (
        <div className="mb-4">
          <Callout tone="warning" title="开考口令输错次数过多">
            {`约 ${Math.max(1, Math.ceil(candidate.codeBlockedSeconds / 60))} 分钟后考生可以再试。核验身份无误的，可在右侧办理“准予入场”，考生不用口令即可开始。`}
          </Callout>
        </div>
      )}
      <Refusal text={answer && answer.form !== 'act' ? answer.text : null} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-6">
          <CandidateFacts tile={tile} moment={moment} photo={page.photo} photoSrc={`${path}/photo`} />
          {incidents.length > 0 ? (
            <Card title="情况与违纪记录">
              <IncidentList incidents={incidents} sittingId={sitting.id} mayReplay={page.mayReplay} />
            </Card>
          ) : null}
          <Card title="当日过程">
            {events.length === 0 ? <p className="text-ink-muted">还没有记录。</p> : null}
            <Timeline
              label="当日过程"
              items={events.map((event) => ({
                key: event.id,
                at: formatTime(event.occurredAt),
                title: eventLabel(event.kind),
                actor: event.actorName ?? undefined,
                body: eventText(event.kind, event.detail),
              }))}
            />
          </Card>
        </div>
        <div className="no-print grid gap-6">
          <Card title="办理">
            <ActPanel
              key={commandIds.act}
              formId="act"
              commandId={commandIds.act}
              targets={[{ value: 'people', label: candidate.name }]}
              registrationId={candidate.registrationId}
              typed={refusedAct.typed}
              errors={refusedAct.errors}
            />
          </Card>
          <Card title="登记情况或违纪">
            <IncidentForm
              key={commandIds.record}
              commandId={commandIds.record}
              now={new Date(moment.nowMs)}
              action={path}
              candidate={{ registrationId: candidate.registrationId, events }}
              typed={refusedRecord.typed}
              errors={refusedRecord.errors}
            />
          </Card>
          {page.mayVoid && tile.attemptId ? (
            <VoidCard
              attemptId={tile.attemptId}
              isVoid={tile.state === 'void'}
              voids={voids}
              incidents={incidents}
              commandId={commandIds.void}
              action={path}
              typed={refusedVoid.typed}
              errors={refusedVoid.errors}
            />
          ) : null}
          <p className="text-sm tabular-nums text-ink-muted">{`${formatInstant(new Date(moment.nowMs))} 的情况，刷新页面查看最新。`}</p>
        </div>
      </div>
    </>
  );
}
