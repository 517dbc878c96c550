import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { KEY_IN_PATH, keyInPath, sheetPath } from '../../confirmation.ts';
import type { Entered } from '../enter-sheet.server.ts';
import { findScanned } from '../find-scanned.server.ts';
import { postSheet, sheetForm } from '../key-in-action.server.ts';
import { viewSheet } from '../key-in-view.server.ts';
import { KEY_IN_REFUSALS, SCAN_REFUSALS } from '../refusals.ts';
import { ReadForm } from '../ui/read-form.tsx';
import { ScanForm } from '../ui/scan-form.tsx';
import { SettleForm } from '../ui/settle-form.tsx';

export const meta: MetaFunction = () => [{ title: '录入答题卡 · 执法学堂' }];

const ENTERED_COUNTS: Readonly<Record<Entered['state'], string>> = {
  waits: '1-0-0',
  differ: '0-1-0',
  landed: '0-0-1',
};

/** Which sheet was scanned, from the address it led to. */
const pageText = (page: string | null): string =>
  page !== null && /^\d{1,2}$/.test(page) ? `答题卡第 ${Number(page)} 页 · ` : '';

/** Characters of the field for codes that are looked at. */
const SCAN_LENGTH = 60;

/** Leads to the sheet that was scanned, or whose number stands in the address. @returns why it does not */
async function takeScan(ctx: ActorCtx, sittingId: string, scan: string): Promise<string> {
  const found = await findScanned(ctx, sittingId, scan);
  if (found.ok) throw redirect(sheetPath(sittingId, found.value.ticketNo, found.value.page));
  if (found.code === 'FORBIDDEN' || found.code === 'NOT_FOUND')
    throw new Response(null, { status: found.code === 'FORBIDDEN' ? 403 : 404 });
  return answerFor(found, SCAN_REFUSALS).text;
}

/** The page with the field for codes, what stands in it and why it leads nowhere. */
async function refuseScan(ctx: ActorCtx, sittingId: string, scan: string) {
  const said = { page: null, refusal: null, scan, scanError: await takeScan(ctx, sittingId, scan) };
  return { ...said, sittingId, ticketNo: scan, scannedPage: '', commandId: newId() };
}

export const loader = door('exam.key_in', async ({ ctx, params, request }) => {
  const search = new URL(request.url).searchParams;
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const scan = search.get('scan')?.slice(0, SCAN_LENGTH);
  if (scan !== undefined) return refuseScan(ctx, params.sitting, scan);
  const ticketNo = search.get('ticket')?.slice(0, SCAN_LENGTH) ?? '';
  const outcome = await viewSheet(ctx, params.sitting, ticketNo);
  const shown = {
    ...{ sittingId: params.sitting, ticketNo, scannedPage: pageText(search.get('page')) },
    ...{ scan: '', scanError: undefined },
  };
  if (outcome.ok) return { page: outcome.value, refusal: null, ...shown, commandId: newId() };
  if (outcome.code === 'FORBIDDEN') throw new Response(null, { status: 403 });
  // A mistyped number is asked for again where it can be mended; a sitting that is not there answers 404.
  if (outcome.code === 'NOT_FOUND') return refuseScan(ctx, params.sitting, ticketNo);
  const { text } = answerFor(outcome, KEY_IN_REFUSALS);
  return { page: null, refusal: text, ...shown, commandId: newId() };
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
  const { page, refusal, sittingId, ticketNo, scannedPage, scan, scanError, commandId } =
    useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
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
              {`${scannedPage}准考证号 ${page.sheet.ticketNo} · ${place}${page.sheet.unitName}${page.sheet.variant ? ` · ${page.sheet.variant} 卷` : ''}`}
            </span>
          ) : undefined
        }
      />
      {refusal ? (
        <div className="mb-6">
          <Callout tone="info" title={refusal} />
        </div>
      ) : null}
      <Refusal text={answered?.refusal ?? null} />
      {page === null ? (
        <div className="space-y-6">
          <ScanForm key={commandId} sittingId={sittingId} scan={scan} error={scanError} isGoingOn />
          <LinkButton to={keyInPath(sittingId)}>返回答题卡列表</LinkButton>
        </div>
      ) : page.step === 'settle' ? (
        <SettleForm {...posted} differences={page.differences} ticketNo={ticketNo} commandId={commandId} />
      ) : (
        <ReadForm {...posted} groups={page.groups} ticketNo={ticketNo} commandId={commandId} />
      )}
    </>
  );
}
