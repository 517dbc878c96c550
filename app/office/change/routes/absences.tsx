import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { actOnAbsence, beginAbsence } from '../absences.server.ts';
import { viewAbsences } from '../absences-view.server.ts';
import { findOwnPeople, findOwnPerson } from '../own-people.server.ts';
import { absenceActSchema, absenceSchema } from '../people.schema.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import { AbsenceForm } from '../ui/absence-form.tsx';
import { AbsenceTable } from '../ui/absence-table.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';

export const meta: MetaFunction = () => [{ title: '临时离岗 · 执法学堂' }];

/** `?add` chooses a person, `?person=` fills in the absence, `?absence=` opens the acts of one. */
export const loader = door('absence.manage', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const personId = search.get('person');
  const commandId = newId();
  if (isId(personId)) {
    const person = await findOwnPerson(ctx, 'absence.manage', personId);
    if (!person) throw new Response(null, { status: 404 });
    return { person, picker: null, rows: null, open: null, commandId };
  }
  const text = (search.get('q') ?? '').trim().slice(0, 30);
  if (search.has('add') || text !== '') {
    const picker = { ...(await findOwnPeople(ctx, 'absence.manage', text)), text };
    return { person: null, picker, rows: null, open: null, commandId };
  }
  const rows = await viewAbsences(ctx);
  if (!rows.ok) throw new Response(null, { status: 403 });
  const open = rows.value.find((row) => row.absenceId === search.get('absence')) ?? null;
  return { person: null, picker: null, rows: rows.value, open, commandId };
});

async function begin(ctx: ActorCtx, personId: string | null, formData: FormData) {
  const person = isId(personId) ? await findOwnPerson(ctx, 'absence.manage', personId) : null;
  if (!person) throw new Response(null, { status: 404 });
  const submission = parseForm(formData, absenceSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const { destination, documentNo, cardKeeper, ...rest } = submission.value;
  const outcome = await beginAbsence(ctx, {
    ...rest,
    personId: person.card.id,
    destination: destination ?? null,
    documentNo: documentNo ?? null,
    cardKeeper: cardKeeper ?? null,
  });
  if (outcome.ok) return redirect('/coordinate/absences?notice=saved');
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
}

async function act(ctx: ActorCtx, formData: FormData) {
  const submission = parseForm(formData, absenceActSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: '请填写日期，如 2026-11-21。' }, { status: 422 });
  const outcome = await actOnAbsence(ctx, submission.value);
  if (outcome.ok) return redirect('/coordinate/absences?notice=saved');
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
}

export const action = door('absence.manage', async ({ ctx, request }) => {
  const formData = await request.formData();
  if (formData.has('act')) return act(ctx, formData);
  return begin(ctx, new URL(request.url).searchParams.get('person'), formData);
});

/** Who is away, who is overdue, who is back; and the entry of a new absence. */
export default function Absences() {
  const { person, picker, rows, open, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const add = (
    <LinkButton tone="primary" to="/coordinate/absences?add">
      登记离岗
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={person ? `登记离岗：${person.card.name}` : picker ? '登记离岗' : '临时离岗'}
        breadcrumb={[{ label: '机构与人员' }, { label: '临时离岗', to: '/coordinate/absences' }]}
        meta={
          person ? person.unitName : '借调、挂职、驻村、产假、长病假：人员仍归属本单位，证件代管，不办理注销'
        }
        action={rows ? add : undefined}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      {person ? (
        <AbsenceForm
          personName={person.card.name}
          unitName={person.unitName}
          commandId={commandId}
          lastResult={answered?.lastResult ?? null}
        />
      ) : null}
      {picker ? <PersonPicker {...picker} linkTo={(id) => `?person=${id}`} /> : null}
      {rows && rows.length === 0 ? (
        <EmptyState
          title="目前没有临时离岗人员"
          text="有借调、挂职、驻村、产假、长病假的，请登记。"
          action={add}
        />
      ) : null}
      {rows && rows.length > 0 ? <AbsenceTable rows={rows} open={open} commandId={commandId} /> : null}
    </>
  );
}
