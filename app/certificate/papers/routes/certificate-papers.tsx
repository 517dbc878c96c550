import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useParams } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { drawSchema } from '#app/office/document/draw.schema.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import { NotDrawn } from '#app/office/document/ui/not-drawn.tsx';
import { isId } from '#app/platform/ids/id.ts';
import { drawDecisionPaper } from '../draw-decision-paper.server.ts';

export const meta: MetaFunction = () => [{ title: '出具文书 · 执法学堂' }];

const BASE = '/bureau/certificates';

export const loader = door('certificate.decide', ({ params }) =>
  redirect(`${BASE}/${params.certificate ?? ''}`),
);

/** The choice of the form is `<paper>:<event>`. */
export const action = door('certificate.decide', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  const [paperCode = '', eventId] = parsed.success ? parsed.data.paper.split(':') : [];
  if (!parsed.success || !isId(params.certificate) || !isId(eventId))
    throw new Response(null, { status: 404 });
  const { commandId } = parsed.data;
  const drawn = drawnAnswer(
    await drawDecisionPaper(ctx, { certificateId: params.certificate, eventId, paperCode, commandId }),
  );
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

export default function CertificatePapers() {
  const answer = useActionData<typeof action>();
  return <NotDrawn text={answer?.text ?? ''} backTo={`${BASE}/${useParams().certificate ?? ''}`} />;
}
