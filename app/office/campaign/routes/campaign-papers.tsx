import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useParams } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { drawSchema } from '../../document/draw.schema.ts';
import type { DrawnAnswer } from '../../document/drawn-answer.ts';
import { drawnAnswer, startedAnswer } from '../../document/drawn-answer.ts';
import { NotDrawn } from '../../document/ui/not-drawn.tsx';
import { boardPath } from '../campaign.ts';
import type { CampaignPaperChoice, CampaignPaperOutcome } from '../draw-campaign-papers.server.ts';
import { drawCampaignPapers } from '../draw-campaign-papers.server.ts';

export const meta: MetaFunction = () => [{ title: '出具文书 · 执法学堂' }];

/** The choice of the form: `notice`, `notice_each`, `forms_each`, `notice_of:<unit>`, `forms_of:<unit>`. */
function choiceOf(text: string): CampaignPaperChoice | null {
  const [paper, unitId] = text.split(':');
  if (paper === 'notice' || paper === 'notice_each' || paper === 'forms_each') return { paper };
  return (paper === 'notice_of' || paper === 'forms_of') && isId(unitId) ? { paper, unitId } : null;
}

/** To the document, or to the progress of the batch. */
function answerOf(outcome: CampaignPaperOutcome): DrawnAnswer {
  if (!outcome.ok) return drawnAnswer(outcome);
  return 'batchId' in outcome.value
    ? startedAnswer({ ok: true, value: outcome.value })
    : drawnAnswer({ ok: true, value: outcome.value });
}

export const loader = door('campaign.issue', ({ params }) => redirect(boardPath(params.campaign ?? '')));

export const action = door('campaign.issue', async ({ ctx, params, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  const choice = parsed.success ? choiceOf(parsed.data.paper) : null;
  if (!parsed.success || choice === null || !isId(params.campaign)) throw new Response(null, { status: 404 });
  const { commandId } = parsed.data;
  const outcome = await drawCampaignPapers(ctx, { campaignId: params.campaign, choice, commandId });
  const drawn = answerOf(outcome);
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

export default function CampaignPapersRoute() {
  const answer = useActionData<typeof action>();
  return <NotDrawn text={answer?.text ?? ''} backTo={boardPath(useParams().campaign ?? '')} />;
}
