import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import { formatShare } from '#app/platform/ui/text/format.ts';
import { judgeSampledClaim } from '../sample-claims.server.ts';
import { SAMPLE_REFUSALS } from '../sample-refusals.ts';
import { JUDGEMENTS } from '../sample.ts';
import { viewSample } from '../samples-view.server.ts';
import { SampleItems } from '../ui/sample-items.tsx';

export const meta: MetaFunction = () => [{ title: '抽查名单 · 执法学堂' }];

const judgeSchema = z.object({
  commandId: z.uuid(),
  claimId: z.uuid(),
  judgement: z.enum(JUDGEMENTS),
  note: z.string().trim().max(300).optional(),
});

export const loader = door('claim.sample', async ({ ctx, params }) => {
  if (!isId(params.sample)) throw new Response(null, { status: 404 });
  const view = await viewSample(ctx, params.sample);
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  const commandIds = Object.fromEntries(view.value.items.map(({ id }) => [id, newId()]));
  return { ...view.value, commandIds, now: ctx.clock.now() };
});

export const action = door('claim.sample', async ({ ctx, params, request }) => {
  if (!isId(params.sample)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), judgeSchema);
  if (submission.status !== 'success') throw new Response(null, { status: 400 });
  const { note = null, ...value } = submission.value;
  const judged = await judgeSampledClaim(ctx, { ...value, note, sampleId: params.sample });
  if (judged.ok) return redirect(`/bureau/claims/${params.sample}?notice=saved#claim-${value.claimId}`);
  const refusal = answerFor(judged, SAMPLE_REFUSALS);
  return data(
    { refusal: refusal.text, claimId: value.claimId, note: note ?? '' },
    { status: refusal.status },
  );
});

/** The drawn claims, each to be judged; printed it is the list of the sample. */
export default function Sample() {
  const { sample, regionName, items, commandIds, now } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  return (
    <PrintSheet unit={regionName} date={formatInstant(now)} isWide>
      <PageHead
        title="学时认定抽查名单"
        breadcrumb={[{ label: '认定抽查', to: '/bureau/claims' }]}
        meta={`${regionName} · 培训期间 ${formatDay(sample.fromDay)}至${formatDay(sample.toDay)} · 抽取 ${formatShare(sample.size, sample.population)} · 随机种子 ${sample.seed}`}
      />
      <div className="space-y-6">
        <Refusal text={answer?.refusal ?? null} />
        <ProgressBar
          value={sample.judged}
          max={sample.size}
          label="核查进度"
          detail={`已核查 ${sample.judged}/${sample.size}，不属实 ${sample.notGenuine}`}
        />
        <SampleItems items={items} commandIds={commandIds} answer={answer} />
      </div>
    </PrintSheet>
  );
}
