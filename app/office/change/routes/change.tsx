import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { CHANGE_LABELS } from '#app/organization/change/change-kind.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { readDocumentScan, readSignedForm } from '../../approval/signed-form.server.ts';
import { attachChangeScan } from '../attach-change-scan.server.ts';
import { viewChange } from '../changes-view.server.ts';
import { actOnChange } from '../confirm-change.server.ts';
import type { ChangePageRefusal } from '../refusals.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import { ChangeActs } from '../ui/change-acts.tsx';
import { ChangeScans, SignedFormCard } from '../ui/change-scans.tsx';
import { ChangeBadge } from '../ui/change-badge.tsx';
import { Consequences } from '../ui/consequences.tsx';

export const meta: MetaFunction = () => [{ title: '机构变更事项 · 执法学堂' }];

const NOTICES = {
  confirm: 'approved',
  decline: 'returned',
  cancel: 'withdrawn',
  retry: 'saved',
  attach: 'saved',
} as const;

const attachSchema = z.object({ commandId: z.uuid() });
const actSchema = z.object({
  act: z.enum(['confirm', 'decline', 'cancel', 'retry']),
  note: z.string().trim().max(300).optional(),
  expectedVersion: z.coerce.number().int().min(1),
  commandId: z.uuid(),
});

export const loader = door('organization.decide_change', async ({ ctx, params }) => {
  if (!isId(params.change)) throw new Response(null, { status: 404 });
  const outcome = await viewChange(ctx, params.change);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, commandId: newId() };
});

const incomplete = (typed: Typed) =>
  data({ refusal: '提交的内容不完整，请刷新页面后重试。', typed }, { status: 422 });

/** What was typed beside the files, kept when the act is refused. */
interface Typed {
  readonly note: string;
  readonly signerName: string;
}

async function attach(
  ctx: ActorCtx,
  changeId: string,
  form: FormData,
): Promise<Outcome<unknown, ChangePageRefusal>> {
  const { commandId } = attachSchema.parse({ commandId: form.get('commandId') });
  const scan = await readDocumentScan(form);
  return scan.ok ? attachChangeScan(ctx, { changeId, scan: scan.value, commandId }) : scan;
}

async function decide(
  ctx: ActorCtx,
  changeId: string,
  asked: z.infer<typeof actSchema>,
  form: FormData,
): Promise<Outcome<unknown, ChangePageRefusal>> {
  const signedForm = await readSignedForm(form);
  if (!signedForm.ok) return signedForm;
  const { note, ...rest } = asked;
  return actOnChange(ctx, {
    changeId,
    note: note ?? null,
    signedForm: signedForm.value ?? undefined,
    ...rest,
  });
}

export const action = door('organization.decide_change', async ({ ctx, params, request }) => {
  if (!isId(params.change)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const textOf = (name: string): string => String(form.get(name) ?? '');
  const typed = { note: textOf('note'), signerName: textOf('signerName') };
  const isAttach = textOf('act') === 'attach' && attachSchema.safeParse(Object.fromEntries(form)).success;
  const parsed = actSchema.safeParse(Object.fromEntries(form));
  if (!isAttach && !parsed.success) return incomplete(typed);
  const act = parsed.success ? parsed.data.act : 'attach';
  const outcome = parsed.success
    ? await decide(ctx, params.change, parsed.data, form)
    : await attach(ctx, params.change, form);
  if (outcome.ok) return redirect(`?notice=${NOTICES[act]}`);
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ refusal: refusal.text, typed }, { status: refusal.status });
});

const EVENT_WORDS = {
  filed: '经办提交',
  confirmed: '复核同意',
  declined: '复核不同意',
  cancelled: '撤销',
  blocked: '到期未能生效',
  applied: '生效',
} as const;

/** One act: what it does, who did what, and what the viewer may do with it. */
export default function ChangePage() {
  const { change, events, sections, obstacle, acts, waitsFor, commandId, ...page } =
    useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={change.title}
        breadcrumb={[
          { label: '机构与人员' },
          { label: '机构变更', to: '/bureau/organisation/changes' },
          { label: CHANGE_LABELS[change.kind] },
        ]}
        meta={<ChangeBadge state={change.state} />}
      />
      <div className="space-y-6">
        {answered?.refusal ? <Callout tone="danger" title={answered.refusal} /> : null}
        {obstacle ? (
          <Callout tone="warning" title="目前不能生效">
            {obstacle}
          </Callout>
        ) : null}
        <Card title="事项">
          <DefinitionList
            columns={2}
            items={[
              { term: '类型', value: CHANGE_LABELS[change.kind] },
              { term: '生效日期', value: formatDay(change.effectiveDay) },
              { term: '批文号', value: change.documentNo },
              {
                term: '涉及人员',
                value: change.effect ? `归属变更 ${change.effect.peopleMoved} 人` : '见影响预览',
              },
            ]}
          />
        </Card>
        {sections && sections.length > 0 ? (
          <Card title="影响预览（按目前情况）">
            <Consequences sections={sections} />
          </Card>
        ) : null}
        <ChangeActs
          acts={acts}
          waitsFor={waitsFor}
          title={change.title}
          day={change.effectiveDay}
          note={answered?.typed.note ?? ''}
          commandId={commandId}
          expectedVersion={change.version}
        />
        {page.mayUseSignedForm ? (
          <SignedFormCard
            signerName={answered?.typed.signerName ?? ''}
            commandId={commandId}
            expectedVersion={change.version}
          />
        ) : null}
        <ChangeScans scans={page.scans} mayAttach={page.mayAttach} commandId={commandId} />
        <Card title="办理过程">
          <Timeline
            label="办理过程"
            items={events.map((event, index) => ({
              key: event.id,
              at: formatInstant(event.occurredAt),
              title: EVENT_WORDS[event.kind],
              actor: event.actorName ?? '系统',
              body: event.note,
              isCurrent: index === events.length - 1,
            }))}
          />
        </Card>
      </div>
    </>
  );
}
