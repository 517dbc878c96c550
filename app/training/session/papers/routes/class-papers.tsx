import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useParams } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { drawSchema } from '#app/office/document/draw.schema.ts';
import { drawnAnswer, startedAnswer } from '#app/office/document/drawn-answer.ts';
import { NotDrawn } from '#app/office/document/ui/not-drawn.tsx';
import { isId } from '#app/platform/ids/id.ts';
import { drawClassFile, drawClassPaper } from '../draw-class-paper.server.ts';

export const meta: MetaFunction = () => [{ title: '出具文书 · 执法学堂' }];

const BASE = '/coordinate/sessions';
/** The choice of the form that stands for everything in one zip. */
const WHOLE_FILE = 'file';

export const loader = door('session.read', ({ params }) =>
  redirect(`${BASE}/${params.session ?? ''}?tab=papers`),
);

export const action = door('session.read', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success || !isId(params.session)) throw new Response(null, { status: 404 });
  const { paper: paperCode, commandId } = parsed.data;
  const asked = { sessionId: params.session, commandId };
  const drawn =
    paperCode === WHOLE_FILE
      ? startedAnswer(await drawClassFile(ctx, asked))
      : drawnAnswer(await drawClassPaper(ctx, { ...asked, paperCode }));
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

export default function ClassPapers() {
  const answer = useActionData<typeof action>();
  return <NotDrawn text={answer?.text ?? ''} backTo={`${BASE}/${useParams().session ?? ''}?tab=papers`} />;
}
