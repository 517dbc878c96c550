import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { MAX_PROOF_BYTES } from '../../approval/scan.ts';
import { readUploadedScan } from '../../approval/uploaded-scan.server.ts';
import { correctPerson } from '../correct-person.server.ts';
import { viewPerson } from '../person-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { correctionPath, personPath } from '../roster-tasks.ts';
import { correctPersonSchema } from '../roster.schema.ts';
import { CorrectForm } from '../ui/correct-form.tsx';

export const meta: MetaFunction = () => [{ title: '更正信息 · 执法学堂' }];

export const loader = door('roster.correct', async ({ ctx, params }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const page = await viewPerson(ctx, params.person);
  if (!page.ok || !page.value.may.correct) throw new Response(null, { status: 404 });
  const { person, unitName } = page.value;
  return { person, unitName, commandId: newId(), maxScanBytes: MAX_PROOF_BYTES };
});

export const action = door('roster.correct', async ({ ctx, params, request }) => {
  if (!isId(params.person)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const submission = parseForm(form, correctPersonSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const scan = await readUploadedScan(form.get('scan'), { mostBytes: MAX_PROOF_BYTES, name: '证明材料' });
  const outcome = scan.ok ? await correctPerson(ctx, params.person, submission.value, scan.value) : scan;
  if (!outcome.ok) {
    const refusal = answerFor(outcome, ROSTER_REFUSALS);
    return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
  }
  const { correctionId, needsSecond } = outcome.value;
  return redirect(
    needsSecond
      ? `${correctionPath(correctionId)}?notice=submitted`
      : `${personPath(params.person)}?tab=corrections&notice=saved`,
  );
});

export default function CorrectPerson() {
  const { person, unitName, commandId, maxScanBytes } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`更正信息：${person.name}`}
        breadcrumb={[
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: person.name, to: personPath(person.id) },
          { label: '更正信息' },
        ]}
        meta={unitName}
      />
      {answer?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answer.refusal} />
        </div>
      ) : null}
      <CorrectForm
        commandId={commandId}
        person={person}
        maxScanBytes={maxScanBytes}
        lastResult={answer?.lastResult ?? null}
      />
    </>
  );
}
