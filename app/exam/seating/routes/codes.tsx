import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { openingCodesPath } from '../../ahead/paths.ts';
import { viewCodes } from '../codes-view.server.ts';

export const meta: MetaFunction = () => [{ title: '开考口令 · 执法学堂' }];

export const loader = door('exam.invigilate', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewCodes(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

/** 开考口令 of one's own rooms, large enough to be read out. */
export default function Codes() {
  const { rooms, sitting, hasBell } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="开考口令"
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: sitting.title, to: `/invigilate/${sitting.id}` },
        ]}
        meta="开考时在本考场宣布，宣布前不得告诉任何人。查看已记入日志。"
        action={
          hasBell ? (
            <LinkButton to={openingCodesPath(sitting.id)} tone="secondary">
              断网用的开卷口令
            </LinkButton>
          ) : null
        }
      />
      {rooms.length === 0 ? (
        <EmptyState
          title="没有可查看的开考口令"
          text="本场考试不用开考口令，或您不在本场的考场监考。"
          action={<LinkButton to={`/invigilate/${sitting.id}`}>返回监考看板</LinkButton>}
        />
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        {rooms.map((room) => (
          <Card key={room.roomId} title={room.name}>
            <p className="text-sm text-ink-muted">{room.place}</p>
            <p className="mt-2 text-4xl font-semibold tracking-widest">{room.code || '未生成'}</p>
          </Card>
        ))}
      </div>
    </>
  );
}
