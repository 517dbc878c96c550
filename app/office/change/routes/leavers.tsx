import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { reportLeaver } from '../leavers.server.ts';
import { viewLeavers } from '../leavers-view.server.ts';
import { findOwnPeople, findOwnPerson } from '../own-people.server.ts';
import { leaverSchema } from '../people.schema.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import { LeaverForm } from '../ui/leaver-form.tsx';
import { LeaverTables } from '../ui/leaver-tables.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';

export const meta: MetaFunction = () => [{ title: '离岗人员 · 执法学堂' }];

/** `?add` chooses a person, `?person=` fills in the leaving. */
export const loader = door('leaver.manage', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const personId = search.get('person');
  const commandId = newId();
  if (isId(personId)) {
    const person = await findOwnPerson(ctx, 'leaver.manage', personId);
    if (!person) throw new Response(null, { status: 404 });
    return { person, picker: null, page: null, commandId };
  }
  const text = (search.get('q') ?? '').trim().slice(0, 30);
  if (search.has('add') || text !== '') {
    const picker = { ...(await findOwnPeople(ctx, 'leaver.manage', text)), text };
    return { person: null, picker, page: null, commandId };
  }
  const page = await viewLeavers(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { person: null, picker: null, page: page.value, commandId };
});

export const action = door('leaver.manage', async ({ ctx, request }) => {
  const personId = new URL(request.url).searchParams.get('person');
  const person = isId(personId) ? await findOwnPerson(ctx, 'leaver.manage', personId) : null;
  if (!person) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), leaverSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await reportLeaver(ctx, {
    ...submission.value,
    note: submission.value.note ?? null,
    personId: person.card.id,
    unitId: person.home.unitId,
  });
  if (outcome.ok) return redirect('/coordinate/leavers?notice=submitted');
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

/** Who has left, who has probably reached the age, and the report of a leaving. */
export default function Leavers() {
  const { person, picker, page, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const add = (
    <LinkButton tone="primary" to="/coordinate/leavers?add">
      登记离岗
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={person ? `登记离岗：${person.card.name}` : picker ? '登记离岗' : '离岗人员'}
        breadcrumb={[{ label: '机构与人员' }, { label: '离岗人员', to: '/coordinate/leavers' }]}
        meta={
          person
            ? `${person.unitName} · ${person.card.idNumberMasked}`
            : '退休、调出、辞退、辞职、开除、死亡、岗位调整等'
        }
        action={page ? add : undefined}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      {person ? (
        <LeaverForm
          personName={person.card.name}
          commandId={commandId}
          lastResult={answered?.lastResult ?? null}
        />
      ) : null}
      {picker ? <PersonPicker {...picker} linkTo={(id) => `?person=${id}`} /> : null}
      {page ? <LeaverTables page={page} /> : null}
    </>
  );
}
