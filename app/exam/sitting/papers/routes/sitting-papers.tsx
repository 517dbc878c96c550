import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { drawSchema } from '#app/office/document/draw.schema.ts';
import { drawnAnswer, startedAnswer } from '#app/office/document/drawn-answer.ts';
import { batchPath } from '#app/office/document/paths.ts';
import { BATCH_STATE_LABELS } from '#app/office/document/ui/batch-words.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { DrawForm } from '#app/office/document/ui/draw-form.tsx';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SeatingHead } from '../../../seating/ui/seating-nav.tsx';
import { drawExamPack } from '../draw-exam-pack.server.ts';
import { drawSittingPaper, viewSittingPapers } from '../sitting-papers.server.ts';

/** The whole pack, where the form would name one paper. */
const PACK = 'exam.pack';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.sitting.title ?? '考试'}文书 · 执法学堂` },
];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewSittingPapers(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, commandId: newId(), packCommandId: newId() };
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success || !isId(params.sitting)) throw new Response(null, { status: 404 });
  const { paper: paperCode, commandId } = parsed.data;
  const sittingId = params.sitting;
  const drawn =
    paperCode === PACK
      ? startedAnswer(await drawExamPack(ctx, { sittingId, commandId }))
      : drawnAnswer(await drawSittingPaper(ctx, { sittingId, paperCode, commandId }));
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

/** What is printed around one sitting. */
export default function SittingPapers() {
  const { sitting, offered, documents, packs, commandId, packCommandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <SeatingHead sitting={sitting} here="papers" />
      {answer ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={answer.text} />
        </div>
      ) : null}
      <Card title="整套考务文书" className="mb-6 max-w-3xl">
        <p className="mb-4 text-sm text-ink-muted">
          考试通知、报名资格审查表、报名汇总表、考场编排表、门贴、桌贴、座次表、带照片签到表、考场情况记录单、违纪记录单、试卷交接单、监考守则、考生须知和全部准考证，打成一个压缩包；考试结束后再打包，另含成绩册、合格人员公示、更正公告、复核答复。在后台生成，可离开本页，在“待办任务”或“文书”里取。
        </p>
        <FormShell
          id="pack"
          action={`/bureau/exams/${sitting.id}/papers`}
          commandId={packCommandId}
          className="space-y-0"
        >
          <input type="hidden" name="paper" value={PACK} />
          <SubmitButton busyText="正在准备…">打包整套文书</SubmitButton>
        </FormShell>
        {packs.length > 0 ? (
          <ul aria-label="已打包的文书" className="mt-4 divide-y divide-line border-t border-line">
            {packs.map(({ id, startedAt, state, drawn, total }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
                <TextLink to={batchPath(id)}>{`${formatInstant(startedAt)} 打包`}</TextLink>
                <span className="text-sm tabular-nums text-ink-muted">
                  {`${BATCH_STATE_LABELS[state]}，${drawn}/${total} 份`}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </Card>
      <Card title="单份文书" className="max-w-3xl">
        <div className="space-y-6">
          <DrawForm action={`/bureau/exams/${sitting.id}/papers`} commandId={commandId} papers={offered} />
          <DocumentList documents={documents} />
        </div>
      </Card>
    </>
  );
}
