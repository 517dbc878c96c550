import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { publicOrigin } from '#app/platform/http/public-address.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { cx } from '#app/platform/ui/cx.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { isFinal } from '../certificate.ts';
import { viewOwnCard } from '../own-card-view.server.ts';
import { ChainList } from '../ui/chain-list.tsx';
import { HistoryList } from '../ui/history-list.tsx';
import { OwnCard, PastCards } from '../ui/own-card.tsx';

export const meta: MetaFunction = () => [{ title: '我的证件 · 执法学堂' }];

export const loader = door('certificate.read_own', async ({ ctx }) => {
  const outcome = await viewOwnCard(ctx, publicOrigin(ctx));
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return outcome.value;
});

/** The own card as it stands; without a valid one, everything that is missing, with the clause that asks for it. */
export default function Me() {
  const { today, person, unitName, cards, chain, history } = useLoaderData<typeof loader>();
  const missing = chain?.filter((step) => step.standing === 'missing').length ?? 0;
  return (
    <>
      <PageHead
        title="我的证件"
        meta={[person.name, unitName, person.idNumberMasked, `截至${formatDay(today)}`]
          .filter(Boolean)
          .join(' · ')}
        action={<LinkButton to="/inbox">收件箱</LinkButton>}
      />
      <div className={cx('grid items-start gap-6', history.length > 0 ? 'lg:grid-cols-2' : 'max-w-3xl')}>
        <div className="min-w-0 space-y-6">
          {cards
            .filter((own) => !isFinal(own.status.state))
            .map((own) => (
              <OwnCard key={own.card.id} own={own} />
            ))}
          {chain ? (
            <>
              <Callout tone="warning" title="您目前没有有效的行政执法证，不得独立执法">
                取得证件还有 {missing} 项未办，全部条件及依据如下。
              </Callout>
              <Card title="取得证件的全部条件">
                <ChainList steps={chain} />
              </Card>
            </>
          ) : null}
          <PastCards cards={cards.filter((own) => isFinal(own.status.state))} />
        </div>
        {history.length > 0 ? (
          <Card title="履历">
            <HistoryList label="资格与证件履历" items={history} />
          </Card>
        ) : null}
      </div>
    </>
  );
}
