import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { parseAskedAudit } from '#app/accounts/audit/asked-audit.ts';
import { exportAudit, readAudit } from '#app/accounts/audit/read-audit.server.ts';
import { provideOperation, viewHealth } from '#app/accounts/operation/health-view.server.ts';
import { installJobs } from '#app/platform/jobs/jobs.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { useWorld } from '#test/support/database.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
const TODAY = '2026-11-23';
let auditor: ActorCtx;
let operator: ActorCtx;

beforeAll(async () => {
  auditor = await anActor(world.ctx, { grants: [{ role: 'audit_admin', scopeKind: 'platform' }] });
  operator = await anActor(world.ctx, { grants: [{ role: 'system_admin', scopeKind: 'platform' }] });
});

const note = (action: string, actorId: string | null, subjectId: string) =>
  inTransaction(world.ctx, 'note', (tx) =>
    appendAudit(
      tx,
      { ...world.ctx, actorId },
      { action, subjectKind: 'account', subjectId, detail: { reason: '=1+1' } },
    ),
  );
const ask = (search: string) => parseAskedAudit(new URLSearchParams(search), TODAY);

describe('the audit log', () => {
  it('is found by day, actor, act and subject, newest first, and reading it is itself logged', async () => {
    await note('account.disable', operator.actorId, operator.actorId);
    await note('account.enable', null, auditor.actorId);
    const found = async (search: string) => {
      const page = await readAudit(auditor, ask(search));
      return page.ok ? page.value.rows.map((row) => row.action) : [page.code];
    };
    expect(await found('f.action=account.disable')).toEqual(['account.disable']);
    expect(await found(`f.actor=${operator.actor.login}`)).toEqual(['account.disable']);
    expect(await found(`f.subject=${auditor.actor.login}`)).toEqual(['account.enable']);
    expect(await found('from=2026-11-01&to=2026-11-22')).toEqual([]);
    expect((await found('')).filter((action) => action === 'audit.read')).toHaveLength(4);
    expect(await found('page=99&size=20')).not.toEqual([]);
  });

  it('comes as a workbook in which every value is a text', async () => {
    const file = await exportAudit(auditor, ask('f.action=account.disable'));
    if (!file.ok) throw new Error(file.code);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(file.value.content) as unknown as ExcelJS.Buffer);
    const row = workbook.worksheets[0]?.getRow(3);
    expect(row?.getCell(4).value).toBe('停用账号');
    expect(row?.getCell(8).value).toBe('reason==1+1');
    const [last] = await world.ctx.db.auditEvent.findMany({ orderBy: { recordedTx: 'desc' }, take: 1 });
    expect(last).toMatchObject({ action: 'audit.export', actorId: auditor.actorId });
  });

  it('is closed to everybody else', async () => {
    expect(await readAudit(operator, ask(''))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await exportAudit(operator, ask(''))).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the state of the installation', () => {
  it('is plain facts for the system administrator alone, with what is out of order named', async () => {
    const consumer = { name: 'test.consumer', topics: ['test.topic'], handle: () => Promise.resolve() };
    await installJobs(world.ctx.pool, []);
    await registerConsumers(world.ctx, [consumer]);
    provideOperation(world.ctx.pool, {
      consumers: [consumer],
      dataDir: process.cwd(),
      isEmbedded: false,
      startedAt: world.clock.now(),
      findings: () => Promise.resolve([{ code: 'OF_A_PART', text: '某部分有待处理' }]),
    });
    expect(await viewHealth(auditor)).toMatchObject({ code: 'FORBIDDEN' });
    const page = await viewHealth(operator);
    if (!page.ok) throw new Error(page.code);
    expect(page.value.database.version).toMatch(/^\d+/);
    expect(page.value.consumers).toMatchObject([{ consumer: 'test.consumer', waiting: 0, parked: 0 }]);
    expect(page.value.disk.totalBytes).toBeGreaterThan(0);
    expect(page.value.findings.map((finding) => finding.code)).toContain('OF_A_PART');
    await world.ctx.pool.query(
      `insert into outbox_parked (consumer, event_id, error) values ('test.consumer', gen_random_uuid(), 'x')`,
    );
    const worse = await viewHealth(operator);
    expect(worse.ok && worse.value.findings.map((finding) => finding.code)).toContain('FACTS_PARKED');
  });
});
