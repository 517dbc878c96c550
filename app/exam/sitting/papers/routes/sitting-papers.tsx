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
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { drawSittingPaper, viewSittingPapers } from '../sitting-papers.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.sitting.title ?? '考试'}文书 · 执法学堂` },
];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewSittingPapers(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, commandId: newId() };
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success || !isId(params.sitting)) throw new Response(null, { status: 404 });
  const { paper: paperCode, commandId } = parsed.data;
  const drawn = drawnAnswer(await drawSittingPaper(ctx, { sittingId: params.sitting, paperCode, commandId }));
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

/** What is printed around one sitting. */
export default function SittingPapers() {
  const { sitting, offered, documents, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={sitting.title}
        breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }, { label: '文书' }]}
        meta={formatRange(sitting.opensAt, sitting.hardEndAt)}
      />
      {answer ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={answer.text} />
        </div>
      ) : null}
      <Card title="文书" className="max-w-3xl">
        <div className="space-y-6">
          <DrawForm action={`/bureau/exams/${sitting.id}/papers`} commandId={commandId} papers={offered} />
          <DocumentList documents={documents} />
        </div>
      </Card>
    </>
  );
}
