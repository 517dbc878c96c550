import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { drawSchema } from '#app/office/document/draw.schema.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { DrawForm } from '#app/office/document/ui/draw-form.tsx';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleIncident } from '../incident-action.server.ts';
import { drawIncidentPaper, viewIncidents } from '../incidents-view.server.ts';
import { IncidentForm } from '../ui/incident-form.tsx';
import { IncidentList } from '../ui/incident-list.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `考场记录：${page?.sitting.title ?? ''} · 执法学堂` },
];

export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const page = await viewIncidents(ctx, params.sitting);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, now: ctx.clock.now(), commandIds: { record: newId(), draw: newId() } };
});

export const action = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const sittingId = params.sitting;
  const form = await request.formData();
  if (form.get('intent') === 'record') {
    const refused = await handleIncident(ctx, sittingId, form);
    return refused
      ? data(refused, { status: refused.status })
      : redirect(`/invigilate/${sittingId}/incidents?notice=saved`);
  }
  const parsed = drawSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const drawn = drawnAnswer(await drawIncidentPaper(ctx, { sittingId, ...parsed.data }));
  if ('to' in drawn) return redirect(drawn.to);
  return data({ form: 'draw' as const, text: drawn.text, errors: {}, typed: {} }, { status: drawn.status });
});

/** What was written down in the rooms of a sitting, and the sheets made of it. */
export default function Incidents() {
  const page = useLoaderData<typeof loader>();
  const { sitting, rooms, incidents, offered, documents, mayReplay, now, commandIds } = page;
  const answer = useActionData<typeof action>();
  const path = `/invigilate/${sitting.id}/incidents`;
  const typed = answer?.form === 'incident' ? answer.typed : {};
  const errors = answer?.form === 'incident' ? answer.errors : {};
  return (
    <>
      <PageHead
        title="考场记录"
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: sitting.title, to: `/invigilate/${sitting.id}` },
        ]}
        meta={`${sitting.title} · ${formatRange(sitting.opensAt, sitting.hardEndAt)}`}
      />
      <Refusal text={answer?.text ?? null} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card title="记录">
          {incidents.length === 0 ? (
            <EmptyState
              title="还没有记录"
              text="考场发生的情况登记后列在这里；考生的情况和违纪请从考生页面登记。"
            />
          ) : (
            <IncidentList incidents={incidents} sittingId={sitting.id} mayReplay={mayReplay} />
          )}
        </Card>
        <div className="grid gap-6">
          <Card title="登记考场情况" className="no-print">
            <IncidentForm
              key={commandIds.record}
              commandId={commandIds.record}
              now={now}
              action={path}
              rooms={rooms}
              typed={typed}
              errors={errors}
            />
          </Card>
          {offered.length > 0 || documents.length > 0 ? (
            <Card title="记录单" className="no-print">
              <div className="space-y-6">
                <DrawForm action={path} commandId={commandIds.draw} papers={offered} />
                <DocumentList documents={documents} />
              </div>
            </Card>
          ) : null}
        </div>
      </div>
    </>
  );
}
