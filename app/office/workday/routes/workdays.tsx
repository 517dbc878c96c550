import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { importWorkdays, previewWorkdays } from '../import-workdays.server.ts';
import { WORKDAY_REFUSALS } from '../refusals.ts';
import { ExceptionTable, YearSwitch } from '../ui/exception-table.tsx';
import { ConfirmForm, MAX_CALENDAR_BYTES, WorkdayForm } from '../ui/workday-form.tsx';
import { ResultHeading, WorkdayPreview } from '../ui/workday-preview.tsx';
import { workdayLinesOfFile } from '../workday-file.server.ts';
import type { WorkdayForm as WorkdayFormData } from '../workday.schema.ts';
import { workdayFormSchema } from '../workday.schema.ts';
import { viewWorkdays } from '../workdays-view.server.ts';

export const meta: MetaFunction = () => [{ title: '工作日 · 执法学堂' }];

export const loader = door('workday.manage', async ({ ctx, request }) => {
  const year = /^20\d{2}$/.exec(new URL(request.url).searchParams.get('year') ?? '')?.[0];
  const page = await viewWorkdays(ctx, year === undefined ? null : Number(year));
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, commandId: newId() };
});

/** The text of the form, or the lines of the file when one was chosen. */
async function linesOf(formData: FormData, typed: string): Promise<Outcome<string, 'FILE_UNREADABLE'>> {
  const file = formData.get('file');
  if (!(file instanceof File) || file.size === 0) return done(typed);
  if (file.size > MAX_CALENDAR_BYTES) return refused('FILE_UNREADABLE', { reason: '文件超过 1 MB。' });
  return workdayLinesOfFile(new Uint8Array(await file.arrayBuffer()));
}

async function check(ctx: ActorCtx, formData: FormData, form: WorkdayFormData) {
  const typed = { text: form.text, basis: form.basis, mode: form.mode };
  const lines = await linesOf(formData, form.text);
  if (!lines.ok) {
    const answer = answerFor(lines, WORKDAY_REFUSALS);
    return data(
      { values: typed, errors: { file: answer.text }, refusal: null, preview: null },
      { status: 422 },
    );
  }
  const values = { ...typed, text: lines.value };
  if (values.text.trim() === '') {
    const errors = { text: '请粘贴放假调休安排，或上传表格' };
    return data({ values, errors, refusal: null, preview: null }, { status: 422 });
  }
  const preview = await previewWorkdays(ctx, values);
  if (!preview.ok) {
    const refusal = answerFor(preview, WORKDAY_REFUSALS);
    return data({ values, errors: {}, refusal, preview: null }, { status: refusal.status });
  }
  return data({ values, errors: {}, refusal: null, preview: preview.value }, { status: 200 });
}

export const action = door('workday.manage', async ({ ctx, request }) => {
  const formData = await request.formData();
  const submission = parseForm(formData, workdayFormSchema);
  if (submission.status !== 'success') {
    const errors = Object.fromEntries(
      Object.entries(submission.error ?? {}).map(([name, messages]) => [name, messages?.[0]]),
    );
    const values = {
      text: String(formData.get('text') ?? ''),
      basis: String(formData.get('basis') ?? ''),
      mode: formData.get('mode') === 'supplement' ? ('supplement' as const) : ('replace_year' as const),
    };
    return data({ values, errors, refusal: null, preview: null }, { status: 422 });
  }
  const form = submission.value;
  if (form.intent === 'check') return check(ctx, formData, form);
  const values = { text: form.text, basis: form.basis, mode: form.mode };
  const outcome = await importWorkdays(ctx, {
    ...values,
    commandId: form.commandId,
    digest: form.digest ?? '',
  });
  if (outcome.ok) return redirect('/bureau/workdays?notice=saved');
  const refusal = answerFor(outcome, WORKDAY_REFUSALS);
  return data({ values, errors: {}, refusal, preview: null }, { status: refusal.status });
});

export default function Workdays() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="工作日"
        meta="办理期限按工作日计算：周一至周五，另按每年的放假调休通知调整"
        scope={<YearSwitch years={page.years} shown={page.year} />}
      />
      <ExceptionTable {...page} />
      {page.mayImport ? <ImportSection /> : null}
    </>
  );
}

function ImportSection() {
  const { commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const preview = answer?.preview ?? null;
  const values = answer?.values ?? null;
  const changeCount =
    preview === null
      ? 0
      : preview.decision.added.length + preview.decision.changed.length + preview.decision.removed.length;
  return (
    <section id="workdays-import" aria-labelledby="workdays-import-title" className="mt-10 space-y-6">
      <h2 id="workdays-import-title" className="text-xl font-semibold">
        导入放假调休安排
      </h2>
      {answer?.refusal ? <Callout tone="danger" title={answer.refusal.text} /> : null}
      {preview && values ? (
        <>
          <ResultHeading key={preview.digest} />
          <WorkdayPreview {...preview} />
          {preview.problems.length === 0 && changeCount > 0 ? (
            <ConfirmForm
              commandId={commandId}
              values={values}
              digest={preview.digest}
              changeCount={changeCount}
            />
          ) : null}
          <h3 className="text-lg font-semibold">修改后重新核对</h3>
        </>
      ) : null}
      <WorkdayForm
        key={preview?.digest ?? 'form'}
        commandId={commandId}
        values={values}
        errors={answer?.errors ?? {}}
      />
    </section>
  );
}
