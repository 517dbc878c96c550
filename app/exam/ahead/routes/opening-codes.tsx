import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { viewOpeningCodes } from '../opening-codes-view.server.ts';
import { openingCodesPath } from '../paths.ts';

export const meta: MetaFunction = () => [{ title: '开卷口令 · 执法学堂' }];

export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewOpeningCodes(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

/** 开卷口令 of the rooms one watches, large enough to be read out; from the bell on. */
export default function OpeningCodes() {
  const { sitting, codes } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="开卷口令"
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: sitting.title, to: `/invigilate/${sitting.id}` },
        ]}
        meta="考场断网、试卷不能自动打开时，向考生逐组宣布（1 读作“幺”）。查看均记入日志。"
      />
      {codes === null ? (
        <EmptyState
          title="开考铃尚未响"
          text={`${formatInstant(sitting.opensAt)} 开考铃响后显示。此前的口令只在密封的开卷口令单上。`}
          action={
            <LinkButton to={openingCodesPath(sitting.id)} reloadDocument tone="primary">
              刷新
            </LinkButton>
          }
        />
      ) : codes.length === 0 ? (
        <EmptyState
          title="本场考试没有开卷口令"
          text="只有统一开考、在考场举行并且已经两人启封的考试才有开卷口令。"
          action={
            <LinkButton to={`/invigilate/${sitting.id}`} tone="primary">
              返回监考看板
            </LinkButton>
          }
        />
      ) : (
        <>
          <div className="grid gap-4 xl:grid-cols-2">
            {codes.map((one) => (
              <Card key={one.no} title={one.isLast ? one.roomName : `${one.roomName}（前一次启封）`}>
                <p className="text-sm text-ink-muted">
                  {`${one.place} · 口令单编号 ${one.no} · ${formatInstant(one.releasedAt)} 启封`}
                </p>
                <p className="mt-2 text-xl font-semibold tabular-nums sm:text-3xl sm:tracking-wider">
                  {one.code}
                </p>
              </Card>
            ))}
          </div>
          <p className="mt-6 text-sm tabular-nums text-ink-muted">{`${formatInstant(sitting.opensAt)} 开考。候考页面显示的编号与口令单编号相同的，用该口令。`}</p>
        </>
      )}
    </>
  );
}
