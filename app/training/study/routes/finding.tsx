import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { TRAINING_REFUSALS } from '../../refusals.ts';
import { factsText, FINDING_LABELS, VERDICT_LABELS } from '../finding-words.ts';
import type { FindingView } from '../findings-view.server.ts';
import { findingView } from '../findings-view.server.ts';
import { judgeFinding } from '../judge-finding.server.ts';
import { judgeSchema } from '../study.schema.ts';
import { FindingBadge } from '../ui/finding-badge.tsx';
import { JudgeForm } from '../ui/judge-form.tsx';

export const meta: MetaFunction = () => [{ title: '学习核实 · 执法学堂' }];

export const loader = door('study_finding.read', async ({ ctx, params }) => {
  if (!isId(params.finding)) throw new Response(null, { status: 404 });
  const view = await findingView(ctx, params.finding);
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...view.value, commandId: newId() };
});

export const action = door('study_finding.judge', async ({ ctx, params, request }) => {
  if (!isId(params.finding)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), judgeSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const outcome = await judgeFinding(ctx, { findingId: params.finding, ...submission.value });
  if (outcome.ok) return redirect(`/coordinate/study-findings/${params.finding}?notice=saved`);
  const refusal = answerFor(outcome, TRAINING_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: refusal.text }, { status: refusal.status });
});

export default function FindingPage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { finding, mayJudge, commandId, judgements } = view;
  return (
    <>
      <PageHead
        title={`${finding.personName}：${FINDING_LABELS[finding.kind]}`}
        breadcrumb={[{ label: '学习核实', to: '/coordinate/study-findings' }, { label: finding.personName }]}
        meta={finding.unitName}
      />
      <div className="space-y-6">
        <Refusal text={answered?.refusal ?? null} />
        <Card title="事实" action={<FindingBadge verdict={finding.verdict} />}>
          <DefinitionList
            items={[
              { term: '课程', value: finding.lessonTitle },
              { term: '日期', value: formatDay(finding.day) },
              { term: '记录', value: factsText(finding.kind, finding.facts) },
            ]}
          />
        </Card>
        <Entries view={view} />
        <History view={view} />
        {mayJudge ? (
          <Card title="核实结果">
            <JudgeForm
              key={commandId}
              commandId={commandId}
              seenJudgements={judgements.length}
              lastResult={answered?.lastResult ?? null}
            />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function Entries({ view }: { view: FindingView }) {
  return (
    <Card title="当日该课学时">
      {view.entries.length === 0 ? (
        <p>当日该课没有计入台账的学时。</p>
      ) : (
        <ul className="space-y-2">
          {view.entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap justify-between gap-x-6">
              <span>{entry.title}</span>
              <span className="tabular-nums">{formatHours(entry.creditSeconds)}</span>
              {entry.isReversed || entry.creditSeconds < 0 ? (
                <span className="text-ink-muted">已冲销</span>
              ) : view.mayJudge ? (
                <TextLink to={`/coordinate/hour-corrections/new?entry=${entry.id}`}>提出冲销</TextLink>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 text-sm text-ink-muted">冲销须写明理由，由另一人审核后生效；原记录保留。</p>
    </Card>
  );
}

function History({ view }: { view: FindingView }) {
  if (view.judgements.length === 0) return null;
  return (
    <Card title="核实记录">
      <ul className="space-y-3">
        {view.judgements.map((one) => (
          <li key={one.seq}>
            <p className="font-medium">{`${VERDICT_LABELS[one.verdict]}：${one.reason}`}</p>
            <p className="text-sm text-ink-muted">{`${one.judgedBy}，${formatInstant(one.judgedAt)}`}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
