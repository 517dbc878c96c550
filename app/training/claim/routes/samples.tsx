import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatDays, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatShare } from '#app/platform/ui/text/format.ts';
import { drawClaimSample } from '../sample-claims.server.ts';
import { SAMPLE_REFUSALS } from '../sample-refusals.ts';
import { viewSamples } from '../samples-view.server.ts';

export const meta: MetaFunction = () => [{ title: '学时认定抽查 · 执法学堂' }];

const drawSchema = z.object({
  commandId: z.uuid(),
  regionId: z.uuid(),
  fromDay: daySchema(),
  toDay: daySchema(),
  sharePercent: z.coerce.number().int(),
});

export const loader = door('claim.sample', async ({ ctx }) => {
  const view = await viewSamples(ctx);
  if (!view.ok) throw new Response(null, { status: 403 });
  return { ...view.value, commandId: newId() };
});

export const action = door('claim.sample', async ({ ctx, request }) => {
  const form = await request.formData();
  const submission = parseForm(form, drawSchema);
  if (submission.status !== 'success')
    return data(
      { errors: firstErrors(submission.error), typed: typedTexts(form), refusal: null },
      { status: 422 },
    );
  const drawn = await drawClaimSample(ctx, submission.value);
  if (drawn.ok) return redirect(`/bureau/claims/${drawn.value.sampleId}?notice=created`);
  const refusal = answerFor(drawn, SAMPLE_REFUSALS);
  return data({ errors: {}, typed: typedTexts(form), refusal: refusal.text }, { status: refusal.status });
});

/** Samples so far with their progress, and the form that draws the next. */
export default function Samples() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Readonly<Record<string, string>> = answer?.typed ?? {};
  const errors: Readonly<Record<string, string>> = answer?.errors ?? {};
  return (
    <>
      <PageHead title="学时认定抽查" meta="对已认定的外出培训等学时按比例抽取核查" />
      <div className="space-y-6">
        <Refusal text={answer?.refusal ?? null} />
        <Card title="抽取">
          <FormShell id="draw" commandId={view.commandId}>
            <SelectField
              label="范围"
              name="regionId"
              required
              placeholder={null}
              defaultValue={typed.regionId}
              options={view.regions.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <DateField
              label="培训结束日期自"
              name="fromDay"
              required
              defaultValue={typed.fromDay ?? view.fromDay}
              error={errors.fromDay}
            />
            <DateField
              label="至"
              name="toDay"
              required
              defaultValue={typed.toDay ?? view.toDay}
              error={errors.toDay}
            />
            <TextField
              label="抽查比例"
              name="sharePercent"
              width="short"
              unit="%"
              inputMode="numeric"
              required
              defaultValue={typed.sharePercent ?? String(view.sharePercent)}
              error={errors.sharePercent}
              hint={view.shareSource}
            />
            <p className="text-sm text-ink-muted">
              抽取结果由随机种子决定，种子随记录保存，可复核；至少抽取 1 项。
            </p>
            <SubmitButton busyText="正在抽取…">抽取</SubmitButton>
          </FormShell>
        </Card>
        {view.samples.length === 0 ? (
          <EmptyState title="还没有抽查" text="抽取后，抽查名单和核查进度会显示在这里。" />
        ) : (
          <Card title="抽查记录">
            <SimpleTable
              caption="抽查记录"
              hideCaption
              head={['抽取时间', '范围', '培训期间', '抽取', '核查进度', '不属实', '经办']}
              rows={view.samples.map((sample) => ({
                key: sample.id,
                cells: [
                  <TextLink key="at" to={`/bureau/claims/${sample.id}`}>
                    {formatInstant(sample.drawnAt)}
                  </TextLink>,
                  sample.regionName,
                  formatDays(sample.fromDay, sample.toDay),
                  formatShare(sample.size, sample.population),
                  formatShare(sample.judged, sample.size),
                  String(sample.notGenuine),
                  sample.drawnByName ?? '–',
                ],
              }))}
            />
          </Card>
        )}
      </div>
    </>
  );
}
