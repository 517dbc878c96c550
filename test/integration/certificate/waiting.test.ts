import { beforeAll, describe, expect, it } from 'vitest';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { issueCertificate } from '#app/certificate/register/issue-certificate.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aQualifiedPerson, anApprovedApplication, anIssue, anOffice, valueOf } from './certificate-world.ts';

const world = useWorld();

beforeAll(async () => {
  await registerConsumers(world.ctx, [taskConsumer]);
});

/** What waits for the actor once every fact so far has been handled. */
async function waitingFor(actor: ActorCtx): Promise<string[]> {
  forgetTree(world.ctx);
  await drainConsumer(world.ctx, taskConsumer);
  const { rows } = await listOpenTasks(actor, { kind: null, page: 1, size: 20 });
  return rows.map((row) => row.kind);
}

describe('an application on the desks', () => {
  it('waits for one desk after the other and for nobody at its end', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const applicationId = await anApprovedApplication(office, await aQualifiedPerson(ctx, office));
    await expect.poll(() => waitingFor(office.approver)).toEqual(['certificate.issue']);
    valueOf(await issueCertificate(office.approver, anIssue(applicationId)));
    await expect.poll(() => waitingFor(office.approver)).toEqual([]);
    const tasks = await ctx.db.task.findMany({
      where: { originId: applicationId },
      orderBy: { openedAt: 'asc' },
    });
    expect(tasks.map((task) => [task.kind, task.state]).sort()).toEqual([
      ['application.approve', 'done'],
      ['application.review', 'done'],
      ['certificate.issue', 'done'],
    ]);
  });
});
