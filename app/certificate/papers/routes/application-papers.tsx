import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useParams } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { drawSchema } from '#app/office/document/draw.schema.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { NotDrawn } from '#app/office/document/ui/not-drawn.tsx';
import { isId } from '#app/platform/ids/id.ts';
import { drawApplicationPaper } from '../draw-application-paper.server.ts';

export const meta: MetaFunction = () => [{ title: '出具文书 · 执法学堂' }];

const BASE = '/coordinate/applications';

export const loader = door('application.read', ({ params }) =>
  redirect(`${BASE}/${params.application ?? ''}`),
);

export const action = door('application.read', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success || !isId(params.application)) throw new Response(null, { status: 404 });
  const { paper: paperCode, commandId } = parsed.data;
  const drawn = drawnAnswer(
    await drawApplicationPaper(ctx, { applicationId: params.application, paperCode, commandId }),
  );
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

export default function ApplicationPapers() {
  const answer = useActionData<typeof action>();
  return <NotDrawn text={answer?.text ?? ''} backTo={`${BASE}/${useParams().application ?? ''}`} />;
}
