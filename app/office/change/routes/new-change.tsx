import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import type { ChangeKind } from '#app/organization/change/change-kind.ts';
import { CHANGE_LABELS, isChangeKind } from '#app/organization/change/change-kind.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { FieldError } from '#app/platform/ui/form/error-summary.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { readDocumentScan } from '../../approval/signed-form.server.ts';
import { fileChange, NO_CHANGE_ID } from '../file-change.server.ts';
import { filedPlanSchema, keptValuesSchema } from '../filed-plan.schema.ts';
import type { PlanValues } from '../plan-form.ts';
import { readPlan } from '../plan-form.ts';
import { KIND_WORDS } from '../plan-words.ts';
import type { ChangePreview as Preview } from '../preview.server.ts';
import { previewChange } from '../preview.server.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import { ChangePreview } from '../ui/change-preview.tsx';
import { ChooseForm } from '../ui/choose-form.tsx';
import { PlanForm } from '../ui/plan-form.tsx';
import { viewChoose, viewFill } from '../wizard-view.server.ts';

export const meta: MetaFunction = () => [{ title: '办理机构变更 · 执法学堂' }];

const MAX_PICKS = 60;

function kindOf(params: { readonly kind?: string | undefined }): ChangeKind {
  if (!isChangeKind(params.kind)) throw new Response(null, { status: 404 });
  return params.kind;
}

function picksOf(search: URLSearchParams): string[] {
  return [...new Set(search.getAll('pick').filter(isId))].slice(0, MAX_PICKS);
}

export const loader = door('organization.change', async ({ ctx, params, request }) => {
  const kind = kindOf(params);
  const search = new URL(request.url).searchParams;
  const picks = picksOf(search);
  const text = (search.get('q') ?? '').trim().slice(0, 40);
  if (search.get('step') === 'fill' && picks.length > 0) {
    const fill = await viewFill(ctx, { kind, picks });
    if (!fill.ok) throw new Response(null, { status: fill.code === 'FORBIDDEN' ? 403 : 404 });
    return { kind, picks, text, fill: fill.value, choose: null, commandId: newId() };
  }
  const choose = await viewChoose(ctx, { kind, text, picks });
  if (!choose.ok) throw new Response(null, { status: 403 });
  return { kind, picks, text, fill: null, choose: choose.value, commandId: newId() };
});

interface Answer {
  readonly values: PlanValues;
  readonly errors: readonly FieldError[];
  readonly refusal: string | null;
  readonly preview: { readonly shown: Preview; readonly planText: string } | null;
}

const answer = (given: Partial<Answer>, status: number) =>
  data<Answer>({ values: {}, errors: [], refusal: null, preview: null, ...given }, { status });

/** What was typed on the page before, as the preview carries it; nothing where it does not read. */
function valuesOf(formData: FormData): PlanValues {
  const parsed = keptValuesSchema.safeParse(formData.get('values'));
  return parsed.success ? parsed.data : {};
}

async function file(ctx: ActorCtx, formData: FormData) {
  const parsed = filedPlanSchema.safeParse(Object.fromEntries(formData));
  if (!parsed.success) return answer({ refusal: '提交的内容不完整，请重新填写。' }, 422);
  const scan = await readDocumentScan(formData);
  const outcome = scan.ok ? await fileChange(ctx, { ...parsed.data, scan: scan.value ?? undefined }) : scan;
  if (outcome.ok) return redirect(`/bureau/organisation/changes/${outcome.value.changeId}?notice=submitted`);
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  // The plan is still in hand: the preview stands again, as things are now, with what was wrong above it.
  const { plan, effectiveDay: day, documentNo } = parsed.data;
  const shown = await previewChange(ctx, { plan, day, documentNo, exceptId: NO_CHANGE_ID });
  const kept = shown.ok ? { shown: shown.value, planText: JSON.stringify(plan) } : null;
  const values = valuesOf(formData);
  return answer({ values, refusal: refusal.text, preview: kept }, refusal.status);
}

async function preview(ctx: ActorCtx, kind: ChangeKind, picks: readonly string[], formData: FormData) {
  const values = Object.fromEntries(
    [...formData].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
  const { tree } = await reachFor(ctx, 'organization.change');
  const reading = readPlan(kind, values, { picks, tree });
  if (!reading.ok) return answer({ values, errors: reading.errors }, 422);
  const outcome = await previewChange(ctx, { ...reading.value, exceptId: NO_CHANGE_ID });
  if (!outcome.ok) {
    const refusal = answerFor(outcome, CHANGE_REFUSALS);
    return answer({ values, refusal: refusal.text }, refusal.status);
  }
  const planText = JSON.stringify(reading.value.plan);
  return answer({ values, preview: { shown: outcome.value, planText } }, 200);
}

export const action = door('organization.change', async ({ ctx, params, request }) => {
  const kind = kindOf(params);
  const formData = await request.formData();
  if (formData.get('intent') === 'file') return file(ctx, formData);
  if (formData.get('intent') === 'edit') return answer({ values: valuesOf(formData) }, 200);
  return preview(ctx, kind, picksOf(new URL(request.url).searchParams), formData);
});

const CRUMBS = [{ label: '机构与人员' }, { label: '机构变更', to: '/bureau/organisation/changes' }] as const;

/** Choose, fill, preview, file: each step is a page of its own address and works without JavaScript. */
export default function NewChange() {
  const { kind, picks, text, fill, choose, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const steps =
    fill === null
      ? '第 1 步，共 3 步：选择'
      : answered?.preview
        ? '第 3 步，共 3 步：核对'
        : '第 2 步，共 3 步：填写';
  return (
    <>
      <PageHead
        title={CHANGE_LABELS[kind]}
        breadcrumb={[...CRUMBS, { label: CHANGE_LABELS[kind] }]}
        meta={`${steps} · ${KIND_WORDS[kind].purpose}`}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      {choose ? (
        <>
          <h2 className="mb-4 text-lg font-semibold">{KIND_WORDS[kind].choose}</h2>
          <ChooseForm
            page={choose}
            text={text}
            many={['units', 'regions'].includes(KIND_WORDS[kind].picks)}
          />
        </>
      ) : null}
      {fill && answered?.preview ? (
        <ChangePreview
          preview={answered.preview.shown}
          planText={answered.preview.planText}
          values={answered.values}
          commandId={commandId}
        />
      ) : null}
      {fill && !answered?.preview ? (
        <PlanForm
          kind={kind}
          page={fill}
          values={answered?.values ?? {}}
          errors={answered?.errors ?? []}
          commandId={commandId}
          back={`?${picks.map((id) => `pick=${id}`).join('&')}`}
        />
      ) : null}
    </>
  );
}
