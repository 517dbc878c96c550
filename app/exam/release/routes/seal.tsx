import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { OpeningSheetCard } from '../../ahead/ui/opening-sheet-card.tsx';
import { custodyForm } from '../custody.schema.ts';
import { CUSTODY_REFUSALS } from '../refusals.ts';
import { actOnSeal } from '../seal-action.server.ts';
import { viewSeal } from '../seal-view.server.ts';
import { MissingPeople } from '../ui/missing-people.tsx';
import { PrintCard } from '../ui/print-card.tsx';
import { ReleaseCard } from '../ui/release-card.tsx';
import { SealCard } from '../ui/seal-card.tsx';
import { SealHistory } from '../ui/seal-history.tsx';
import { SinceSealNotes } from '../ui/since-seal-notes.tsx';
import { SittingSteps } from '../ui/sitting-steps.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.sitting.title ?? '考试'}封卷 · 执法学堂` },
];

export const loader = door('exam.confirm_seal', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewSeal(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const isOwnExam = new URL(request.url).searchParams.get('refused') === 'own_exam';
  return {
    ...outcome.value,
    refusal: isOwnExam ? CUSTODY_REFUSALS.OWN_EXAM.text : '',
    commandIds: { seal: newId(), release: newId(), print: newId() },
  };
});

export const action = door('exam.confirm_seal', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const asked = custodyForm.safeParse(Object.fromEntries(form));
  if (!asked.success)
    return data({ refusal: '请选择组卷方式后再提交。', signerName: '', reason: '' }, { status: 422 });
  const outcome = await actOnSeal(ctx, params.sitting, asked.data, form);
  if (outcome.ok) return redirect(outcome.value.to);
  const { text, status } = answerFor(outcome, CUSTODY_REFUSALS);
  const typed = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return data({ refusal: text, signerName: typed('signerName'), reason: typed('reason') }, { status });
});

/** 封卷、启封: what is sealed, by whom, who is missing, and what the viewer may do now. */
export default function SealPage() {
  const { sitting, counts, missing, seals, commandIds, ...page } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const [last = null] = seals;
  const signerName = answered?.signerName ?? '';
  const refusal = answered?.refusal ?? page.refusal;
  return (
    <>
      <PageHead
        title={sitting.title}
        breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }, { label: '封卷' }]}
        meta={<span className="tabular-nums">{formatRange(sitting.opensAt, sitting.hardEndAt)}</span>}
        scope={page.isBureau ? <SittingSteps sittingId={sitting.id} here="seal" /> : null}
      />
      <Refusal text={refusal === '' ? null : refusal} />
      {page.isIntact === false ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title="已封试卷与封卷记录不一致">
            已存试卷的摘要与最近一次封卷登记的摘要不同，请勿开考，立即报告系统管理员核查。
          </Callout>
        </div>
      ) : null}
      <SinceSealNotes {...page.since} />
      <div className="mb-6">
        <StatRow>
          <Stat label="审核通过" value={formatCount(counts.approved)} unit="人" />
          <Stat
            label="已封试卷"
            value={formatCount(counts.sealed)}
            unit="份"
            tone={
              counts.sealed > 0 && counts.sealed + counts.atStart === counts.approved ? 'positive' : 'neutral'
            }
          />
          <Stat
            label="尚无试卷"
            value={formatCount(counts.approved - counts.sealed - counts.atStart)}
            unit="人"
            tone={counts.approved > counts.sealed + counts.atStart ? 'caution' : 'neutral'}
          />
          {counts.atStart > 0 ? (
            <Stat label="开考时组卷" value={formatCount(counts.atStart)} unit="份" detail="开考前未封卷" />
          ) : null}
        </StatRow>
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <SealCard
            {...page}
            counts={counts}
            fixedMode={last?.paperMode ?? null}
            commandId={commandIds.seal}
            signerName={signerName}
          />
          <ReleaseCard
            {...page}
            startMode={sitting.startMode}
            last={last}
            commandId={commandIds.release}
            signerName={signerName}
            reason={answered?.reason ?? ''}
          />
          {page.isBureau && last?.release ? <PrintCard {...page} commandId={commandIds.print} /> : null}
          {page.isBureau &&
          !page.isOver &&
          last?.release &&
          sitting.startMode === 'bell' &&
          page.rooms.length > 0 ? (
            <OpeningSheetCard sittingId={sitting.id} rooms={page.rooms} />
          ) : null}
        </div>
        <div className="min-w-0 space-y-6">
          <SealHistory seals={seals} isIntact={page.isIntact} />
          <MissingPeople
            people={missing}
            total={counts.approved - counts.sealed - counts.atStart}
            isSealed={last !== null}
          />
        </div>
      </div>
    </>
  );
}
