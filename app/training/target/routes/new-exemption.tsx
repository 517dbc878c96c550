import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { MAX_PROOF_BYTES } from '#app/office/approval/scan.ts';
import { PersonPicker } from '#app/office/change/ui/person-picker.tsx';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { exemptionPath } from '../exemption-messages.ts';
import { EXEMPTION_REFUSALS } from '../exemption-refusals.ts';
import { viewNewExemption } from '../exemption-views.server.ts';
import { exemptionSchema } from '../exemption.schema.ts';
import { fileExemptionForm } from '../file-exemption-form.server.ts';
import { ExemptionForm } from '../ui/exemption-form.tsx';

export const meta: MetaFunction = () => [{ title: '申请免训或核减 · 执法学堂' }];

/** Without `?person=` the choice of a person; `?absence=` fills the form in from an absence. */
export const loader = door('exemption.file', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const [person, absence] = [search.get('person'), search.get('absence')];
  const page = await viewNewExemption(ctx, {
    personId: isId(person) ? person : null,
    absenceId: isId(absence) ? absence : null,
    text: (search.get('q') ?? '').trim().slice(0, 30),
  });
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: page.value, commandId: newId(), maxScanBytes: MAX_PROOF_BYTES };
});

export const action = door('exemption.file', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const [personId, absence] = [search.get('person'), search.get('absence')];
  if (!isId(personId)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const submission = parseForm(form, exemptionSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const { documentNo, months, ...asked } = submission.value;
  const exemption = {
    ...asked,
    personId,
    year: yearOf(asked.fromDay),
    months: months ?? 0,
    documentNo: documentNo ?? null,
    absenceId: isId(absence) ? absence : null,
  };
  const outcome = await fileExemptionForm(ctx, exemption, form.get('scan'));
  if (outcome.ok) return redirect(`${exemptionPath(outcome.value.requestId)}?notice=submitted`);
  const refusal = answerFor(outcome, EXEMPTION_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

export default function NewExemption() {
  const { page, commandId, maxScanBytes } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { person } = page;
  return (
    <>
      <PageHead
        title={person === null ? '申请免训或核减' : `申请免训或核减：${person.name}`}
        breadcrumb={[{ label: '免训核减', to: '/coordinate/exemptions' }, { label: '申请' }]}
        meta={person?.unitName}
      />
      <Refusal text={answered?.refusal ?? null} />
      {person === null ? (
        <PersonPicker {...page.choice} linkTo={(id) => `?person=${id}`} />
      ) : (
        <ExemptionForm
          page={page}
          commandId={commandId}
          maxScanBytes={maxScanBytes}
          lastResult={answered?.lastResult ?? null}
        />
      )}
    </>
  );
}
