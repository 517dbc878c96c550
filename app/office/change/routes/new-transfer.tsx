import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { reachFor } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { findOwnPeople, findOwnPerson } from '../own-people.server.ts';
import { transferSchema } from '../people.schema.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import { fileTransfer } from '../transfers.server.ts';
import { findTargets } from '../transfers-view.server.ts';
import { transferGroups } from '../transfer-groups.server.ts';
import { FactGroups } from '../ui/fact-groups.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { TransferForm } from '../ui/transfer-form.tsx';

export const meta: MetaFunction = () => [{ title: '办理转出 · 执法学堂' }];

export const loader = door('transfer.manage', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const text = (search.get('q') ?? '').trim().slice(0, 30);
  const personId = search.get('person');
  if (!isId(personId))
    return {
      list: { ...(await findOwnPeople(ctx, 'transfer.manage', text)), text },
      form: null,
      commandId: newId(),
    };
  const person = await findOwnPerson(ctx, 'transfer.manage', personId);
  if (!person) throw new Response(null, { status: 404 });
  const to = (search.get('to') ?? '').trim().slice(0, 30);
  const targets = (await findTargets(ctx, to)).filter((target) => target.id !== person.home.unitId);
  const { tree } = await reachFor(ctx, 'transfer.manage');
  const groups = await transferGroups(ctx, tree, { personId, toUnitId: null });
  return { list: null, form: { ...person, to, targets, groups }, commandId: newId() };
});

export const action = door('transfer.manage', async ({ ctx, request }) => {
  const personId = new URL(request.url).searchParams.get('person');
  const person = isId(personId) ? await findOwnPerson(ctx, 'transfer.manage', personId) : null;
  if (!person) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), transferSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await fileTransfer(ctx, {
    ...submission.value,
    documentNo: submission.value.documentNo ?? null,
    personId: person.card.id,
    fromUnitId: person.home.unitId,
  });
  if (outcome.ok) return redirect(`/coordinate/transfers/${outcome.value.transferId}?notice=submitted`);
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

const CRUMBS = [{ label: '机构与人员' }, { label: '人员调动', to: '/coordinate/transfers' }] as const;

/** First the person, then the new unit, the day and the document. */
export default function NewTransfer() {
  const { list, form, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={form ? `办理转出：${form.card.name}` : '办理转出'}
        breadcrumb={[...CRUMBS, { label: '办理转出' }]}
        meta={form ? `${form.unitName} · ${form.card.idNumberMasked}` : '选择本单位人员'}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      {list ? <PersonPicker {...list} linkTo={(id) => `?person=${id}`} /> : null}
      {form ? (
        <div className="space-y-8">
          <section aria-labelledby="goes-with" className="space-y-3">
            <h2 id="goes-with" className="text-lg font-semibold">
              随人转出的事项
            </h2>
            <FactGroups groups={form.groups} />
          </section>
          <TransferForm
            personId={form.card.id}
            personName={form.card.name}
            text={form.to}
            targets={form.targets}
            commandId={commandId}
            lastResult={answered?.lastResult ?? null}
          />
        </div>
      ) : null}
    </>
  );
}
