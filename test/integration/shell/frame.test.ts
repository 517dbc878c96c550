import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { markRead } from '#app/office/notice/mark-read.server.ts';
import { openTasks } from '#app/office/task/open-tasks.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { frameOf } from '#app/shell/frame-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { noticeSteps } from '#test/support/notices.ts';

const world = useWorld();
const { openDesk, aHouse, liaisonOf, aNotice, send } = noticeSteps(world);

const REQUEST = new Request('http://site.example/');

async function badgesOf(actor: ActorCtx) {
  const { user, nav } = await frameOf(actor, REQUEST);
  const items = (nav ?? []).flatMap((group) => group.items);
  const badge = (to: string) => items.find((item) => item.to === to)?.badge;
  return { bar: user.unread, inbox: badge('/inbox'), tasks: badge('/tasks') };
}

describe('the badge of the frame', () => {
  it('counts unread notices that ask for something and open tasks, and nothing else', async () => {
    openDesk();
    const { unitId } = await aHouse();
    const liaison = await liaisonOf(unitId);
    const to = [{ accountIds: [liaison.actorId] }];
    const news = aNotice(to, { kind: 'office.message' });
    await send([aNotice(to), news]);
    await inTransaction(world.ctx, 'test', (tx) =>
      openTasks(tx, world.ctx, [
        {
          kind: 'session.close',
          key: newId(),
          title: '结班',
          proposal: null,
          origin: { kind: 'training_session', id: newId(), label: '轮训班' },
          path: '/coordinate/sessions/x',
          dueDay: null,
          assignee: { role: 'unit_liaison', unitId, regionId: null },
        },
      ]),
    );
    expect(await badgesOf(liaison)).toEqual({ bar: 2, inbox: 1, tasks: 1 });
    const notice = await world.ctx.db.notice.findFirstOrThrow({ where: { kind: 'campaign.issued' } });
    await markRead(liaison, notice.id);
    expect(await badgesOf(liaison)).toMatchObject({ bar: 1, inbox: 0, tasks: 1 });
  });
});
