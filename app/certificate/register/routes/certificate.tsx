import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { publicOrigin } from '#app/platform/http/public-address.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PapersCard } from '#app/office/document/ui/papers-card.tsx';
import { papersOfCard } from '../../papers/papers-view.server.ts';
import { actOnCertificate } from '../certificate-action.server.ts';
import { viewCertificate } from '../certificate-view.server.ts';
import { CardFacts } from '../ui/card-facts.tsx';
import { CheckLink } from '../ui/check-link.tsx';
import { DecisionPanel } from '../ui/decision-panel.tsx';
import { HistoryList } from '../ui/history-list.tsx';
import { StandingBadge } from '../ui/standing-badge.tsx';

export const meta: MetaFunction = () => [{ title: '证件履历 · 执法学堂' }];

const BASE = '/bureau/certificates';

export const loader = door('certificate.read', async ({ ctx, params, request }) => {
  if (!isId(params.certificate)) throw new Response(null, { status: 404 });
  const url = new URL(request.url);
  const outcome = await viewCertificate(ctx, params.certificate, publicOrigin(ctx));
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return {
    page: outcome.value,
    act: url.searchParams.get('act'),
    commandId: newId(),
    papers: { ...(await papersOfCard(ctx, params.certificate)), commandId: newId() },
  };
});

export const action = door('certificate.decide', async ({ ctx, params, request }) => {
  if (!isId(params.certificate)) throw new Response(null, { status: 404 });
  const acted = await actOnCertificate(ctx, params.certificate, await request.formData());
  if ('notice' in acted) return redirect(`${BASE}/${params.certificate}?notice=${acted.notice}`);
  const { status, ...answer } = acted;
  return data(answer, { status });
});

export default function Certificate() {
  const { page, act, commandId, papers } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { card, person, status, deciding, today } = page;
  // What somebody is working on, or waits for them, stands on top; otherwise the facts do.
  const isAtWork = deciding !== null && (deciding.waiting !== null || act !== null);
  const decisions = deciding ? (
    <Card title="办理" className="no-print">
      <DecisionPanel
        key={`${act ?? ''} ${card.version}`}
        deciding={deciding}
        today={today}
        act={act}
        commandId={commandId}
        expectedVersion={card.version}
        lastResult={answered?.lastResult ?? null}
        preview={answered?.preview ?? null}
      />
    </Card>
  ) : null;
  return (
    <>
      <PageHead
        title={card.personName}
        breadcrumb={[{ label: '证件登记', to: BASE }]}
        meta={`${page.unitName} · 身份证号 ${person.idNumberMasked}`}
        scope={<StandingBadge standing={status.shown} />}
        action={
          <LinkButton to={`/bureau/eligibility?person=${card.personId}&day=${today}`}>
            查某日是否持证
          </LinkButton>
        }
      />
      {answered?.refusal ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          {isAtWork ? decisions : null}
          <Card title="证件">
            <CardFacts card={card} unitName={page.unitName} fieldName={page.fieldName} status={status} />
          </Card>
          {isAtWork ? null : decisions}
          <PapersCard action={`${BASE}/${card.id}/papers`} {...papers} />
          <Card title="公开查验">
            <CheckLink url={page.checkUrl} qr={page.qr} name={card.personName} />
          </Card>
        </div>
        <Card title="履历" action={<span className="text-ink-muted">截至{formatDay(today)}</span>}>
          <HistoryList label="证件履历" items={page.history} />
        </Card>
      </div>
    </>
  );
}
