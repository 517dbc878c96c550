import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { KEY_IN_PATH, keyInPath } from '../../confirmation.ts';
import type { Entered } from '../enter-sheet.server.ts';
import { postSheet, sheetForm } from '../key-in-action.server.ts';
import { viewSheet } from '../key-in-view.server.ts';
import { KEY_IN_REFUSALS } from '../refusals.ts';
import { ReadForm } from '../ui/read-form.tsx';
import { SettleForm } from '../ui/settle-form.tsx';

export const meta: MetaFunction = () => [{ title: '录入答题卡 · 执法学堂' }];

const ENTERED_COUNTS: Readonly<Record<Entered['state'], string>> = {
  waits: '1-0-0',
  differ: '0-1-0',
  landed: '0-0-1',
};

export const loader = door('exam.key_in', async ({ ctx, params, request }) => {
  const ticketNo = new URL(request.url).searchParams.get('ticket') ?? '';
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewSheet(ctx, params.sitting, ticketNo);
  if (outcome.ok)
    return { page: outcome.value, refusal: null, sittingId: params.sitting, ticketNo, commandId: newId() };
  if (outcome.code === 'FORBIDDEN') throw new Response(null, { status: 403 });
  if (outcome.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
  const { text } = answerFor(outcome, KEY_IN_REFUSALS);
  return { page: null, refusal: text, sittingId: params.sitting, ticketNo, commandId: newId() };
});

export const action = door('exam.key_in', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const asked = sheetForm.safeParse(Object.fromEntries(form));
  if (!asked.success) throw new Response(null, { status: 400 });
  const typed = typedTexts(form);
  const outcome = await postSheet(ctx, params.sitting, asked.data, form);
  if (!outcome.ok) {
    const { text, status } = answerFor(outcome, KEY_IN_REFUSALS);
    return data({ refusal: text, errors: {}, typed }, { status });
  }
  if (outcome.value.is === 'wrong')
    return data({ refusal: null, errors: outcome.value.errors, typed }, { status: 422 });
  return redirect(`${keyInPath(params.sitting)}?done=${ENTERED_COUNTS[outcome.value.state]}`);
});

/** One answer sheet: read blind, or settled where two readings differ. */
export default function Sheet() {
  const { page, refusal, sittingId, ticketNo, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const said = refusal ?? answered?.refusal ?? null;
  const place = page?.sheet.roomName ? `${page.sheet.roomName} ${page.sheet.seatNo ?? ''} 号 · ` : '';
  const posted = { errors: answered?.errors ?? {}, typed: answered?.typed ?? {} };
  return (
    <>
      <PageHead
        title={page ? `${page.step === 'settle' ? '核定' : '录入'}答题卡：${page.sheet.name}` : '录入答题卡'}
        breadcrumb={[
          { label: '答题卡录入', to: KEY_IN_PATH },
          { label: page?.sitting.title ?? '本场答题卡', to: keyInPath(sittingId) },
          { label: ticketNo },
        ]}
        meta={
          page ? (
            <span className="tabular-nums">
              {`准考证号 ${page.sheet.ticketNo} · ${place}${page.sheet.unitName}${page.sheet.variant ? ` · ${page.sheet.variant} 卷` : ''}`}
            </span>
          ) : undefined
        }
      />
      {said ? (
        <div className="mb-6" role="alert">
          <Callout tone={refusal ? 'info' : 'danger'} title={said} />
        </div>
      ) : null}
      {page === null ? (
        <LinkButton to={keyInPath(sittingId)}>返回答题卡列表</LinkButton>
      ) : page.step === 'settle' ? (
        <SettleForm {...posted} differences={page.differences} ticketNo={ticketNo} commandId={commandId} />
      ) : (
        <ReadForm {...posted} groups={page.groups} ticketNo={ticketNo} commandId={commandId} />
      )}
    </>
  );
}
