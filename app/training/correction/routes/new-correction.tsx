import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { KIND_LABELS } from '../../ledger/basis-text.ts';
import { submitRequest } from '../correction-action.server.ts';
import { correctionPath } from '../correction-tasks.ts';
import type { NewCorrectionView } from '../correction-view.server.ts';
import { viewNewCorrection } from '../correction-view.server.ts';
import { RequestForm } from '../ui/request-form.tsx';

export const meta: MetaFunction = () => [{ title: '提出学时更正 · 执法学堂' }];

const BASE = '/coordinate/hour-corrections';

export const loader = door('hours.correct', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const [entry, person] = [params.get('entry'), params.get('person')];
  const year = /^20\d{2}$/.exec(params.get('year') ?? '')?.[0];
  const view = await viewNewCorrection(ctx, {
    entryId: isId(entry) ? entry : null,
    personId: isId(person) ? person : null,
    year: year === undefined ? null : Number(year),
    text: (params.get('q') ?? '').trim().slice(0, 50),
  });
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...view.value, text: params.get('q') ?? '', commandId: newId() };
});

export const action = door('hours.correct', async ({ ctx, request }) => {
  const entryId = new URL(request.url).searchParams.get('entry');
  if (!isId(entryId)) throw new Response(null, { status: 404 });
  const answer = await submitRequest(ctx, { entryId }, await request.formData());
  if (answer.correctionId !== null)
    return redirect(`${correctionPath(answer.correctionId)}?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

/** Whose entry, which one, what is right instead. */
export default function NewCorrection() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { entry, person } = view;
  return (
    <>
      <PageHead
        title={person === null ? '提出学时更正' : `提出学时更正：${person.name}`}
        breadcrumb={[{ label: '学时更正', to: BASE }]}
        meta={
          entry === null
            ? '先找到人员，再选择要更正的记录'
            : `${formatDay(entry.occurredDay)} ${entry.title}，${formatHoursFigure(entry.creditSeconds)} 学时`
        }
      />
      {entry !== null ? (
        <div className="space-y-6">
          <Refusal text={answer?.refusal ?? null} />
          {view.closedYear === null ? null : (
            <Callout tone="warning" title={`${view.closedYear} 年度学时已封账，更正须由司法局审核`}>
              同意后作为封账后的调整单独列示，封账数字不变。
            </Callout>
          )}
          <RequestForm
            commandId={view.commandId}
            entrySeconds={entry.creditSeconds}
            needsProof
            lastResult={answer?.lastResult ?? null}
          />
        </div>
      ) : person === null ? (
        <PersonSearch view={view} text={view.text} />
      ) : (
        <EntryChoice view={view} personId={person.id} />
      )}
    </>
  );
}

function PersonSearch({ view, text }: { view: NewCorrectionView; text: string }) {
  return (
    <div className="space-y-6">
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <TextField
          label="人员"
          name="q"
          width="medium"
          defaultValue={text}
          hint="姓名、拼音或首字母"
          required
        />
        <Button type="submit">查找</Button>
      </Form>
      {text === '' ? null : view.people.length === 0 ? (
        <p>没有找到，请核对姓名。</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
          {view.people.map(({ id, name, unitName }) => (
            <li key={id} className="px-5 py-3">
              <TextLink to={`${BASE}/new?person=${id}`}>{name}</TextLink>
              <span className="ml-3 text-sm text-ink-muted">{unitName}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function EntryChoice({ view, personId }: { view: NewCorrectionView; personId: string }) {
  return (
    <div className="space-y-6">
      <nav aria-label="年度" className="flex flex-wrap gap-4">
        {view.years.map((year) =>
          year === view.year ? (
            <strong key={year}>{year}年</strong>
          ) : (
            <TextLink key={year} to={`${BASE}/new?person=${personId}&year=${year}`}>
              {`${year}年`}
            </TextLink>
          ),
        )}
      </nav>
      <SimpleTable
        caption={`${view.year}年学时记录`}
        hideCaption
        head={['记录', '日期', '种类', { label: '学时', align: 'end' }, '更正']}
        rows={view.entries.map(({ entry, mayCorrect }) => ({
          key: entry.id,
          cells: [
            entry.title,
            formatDay(entry.occurredDay),
            KIND_LABELS[entry.kind],
            formatHoursFigure(entry.creditSeconds),
            mayCorrect ? (
              <TextLink key="link" to={`${BASE}/new?entry=${entry.id}`}>
                更正这条
              </TextLink>
            ) : (
              '已冲销'
            ),
          ],
        }))}
      />
    </div>
  );
}
