import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { viewInvigilated } from '../sittings-view.server.ts';

export const meta: MetaFunction = () => [{ title: '监考 · 执法学堂' }];

export const loader = door('exam.invigilate', async ({ ctx }) => {
  const page = await viewInvigilated(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { sittings: page.value, nowMs: ctx.clock.now().getTime() };
});

/** Where an invigilator's day begins: the sittings with rooms of one's own. */
export default function Invigilate() {
  const { sittings, nowMs } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="监考" meta="本人监考的考场；司法局可见本地区的全部场次。" />
      {sittings.length === 0 ? (
        <EmptyState title="目前没有要监考的场次" text="司法局安排监考后，场次会列在这里。" />
      ) : (
        <ul className="grid max-w-4xl gap-3">
          {sittings.map((one) => (
            <li key={one.sittingId} className="rounded-md border border-line bg-surface-raised px-5 py-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h2 className="text-lg font-semibold">
                  <TextLink to={`/invigilate/${one.sittingId}`}>{one.title}</TextLink>
                </h2>
                <SittingState
                  opensAt={one.opensAt}
                  hardEndAt={one.hardEndAt}
                  paused={one.paused}
                  nowMs={nowMs}
                />
              </div>
              <p className="mt-1 text-sm tabular-nums text-ink-muted">
                {formatRange(one.opensAt, one.hardEndAt)}
                {one.roomNames.length > 0 ? ` · ${one.roomNames.join('、')}` : ''}
              </p>
              <p className="mt-1 tabular-nums">
                {`考生 ${one.candidates} 人，作答中 ${one.running} 人，已结束 ${one.ended} 人`}
                {one.paused > 0 ? (
                  <strong className="text-caution">{`，暂停中 ${one.paused} 人`}</strong>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function SittingState(props: { opensAt: Date; hardEndAt: Date; paused: number; nowMs: number }) {
  const { opensAt, hardEndAt, paused, nowMs } = props;
  if (nowMs < opensAt.getTime())
    return (
      <StateBadge shape="hollow" tone="neutral">
        未开考
      </StateBadge>
    );
  if (nowMs > hardEndAt.getTime() && paused > 0)
    return (
      <StateBadge shape="half" tone="danger">
        已到时，仍有人暂停
      </StateBadge>
    );
  if (nowMs > hardEndAt.getTime())
    return (
      <StateBadge shape="half" tone="neutral">
        已结束
      </StateBadge>
    );
  return (
    <StateBadge shape="solid" tone="positive">
      进行中
    </StateBadge>
  );
}
