import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { formatInstant } from '#app/platform/time/day.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { door } from '../../door.server.ts';
import type { HealthPage } from '../health-view.server.ts';
import { viewHealth } from '../health-view.server.ts';
import { formatBytes, stateWord } from '../health-words.ts';

export const meta: MetaFunction = () => [{ title: '运行状况 · 执法学堂' }];

export const loader = door('platform.operate', async ({ ctx }) => {
  const outcome = await viewHealth(ctx);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return outcome.value;
});

export default function Health() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="运行状况" meta={`截至${formatInstant(page.now)}，刷新页面更新`} />
      <div className="space-y-8">
        <Findings findings={page.findings} />
        <Facts page={page} />
        <Consumers consumers={page.consumers} />
        <Queues queues={page.queues} />
      </div>
    </>
  );
}

function Findings({ findings }: Pick<HealthPage, 'findings'>) {
  if (findings.length === 0) return <Callout tone="success" title="各项正常" />;
  return (
    <Callout tone="warning" title={`有 ${findings.length} 项需要处理`}>
      <ul className="list-disc pl-5">
        {findings.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Callout>
  );
}

function Facts({ page }: { page: HealthPage }) {
  const { process, database, schema, disk, seal } = page;
  return (
    <DefinitionList
      columns={2}
      items={[
        { term: '服务启动', value: formatInstant(process.startedAt) },
        { term: '数据库', value: `PostgreSQL ${database.version}${database.isEmbedded ? '（内置）' : ''}` },
        { term: '运行环境', value: `Node ${process.node}，${process.system}` },
        {
          term: '数据库连接',
          value: `${formatCount(database.connections)} / ${formatCount(database.maxConnections)}`,
        },
        {
          term: '占用内存',
          value: `${formatBytes(process.memoryBytes)}（系统空闲 ${formatBytes(process.freeMemoryBytes)}）`,
        },
        { term: '数据库大小', value: formatBytes(database.bytes) },
        {
          term: '磁盘剩余',
          value: `${formatBytes(disk.freeBytes)} / ${formatBytes(disk.totalBytes)}（${disk.path}）`,
        },
        { term: '数据结构', value: schema?.name ?? '–' },
        {
          term: '最近封存',
          value:
            seal === null
              ? '还没有'
              : `第 ${formatCount(seal.no)} 号，${formatInstant(seal.sealedAt)}，${formatCount(seal.rows)} 行`,
        },
      ]}
    />
  );
}

function Consumers({ consumers }: Pick<HealthPage, 'consumers'>) {
  return (
    <SimpleTable
      caption="事件处理"
      head={[
        '处理者',
        { label: '等待', unit: '条', align: 'end' },
        '最早一条',
        '最近处理',
        { label: '连续失败', unit: '次', align: 'end' },
        { label: '搁置', unit: '条', align: 'end' },
      ]}
      rows={consumers.map((one) => ({
        key: one.consumer,
        cells: [
          one.consumer,
          formatCount(one.waiting),
          one.oldestAt === null ? '–' : formatInstant(one.oldestAt),
          formatInstant(one.movedAt),
          formatCount(one.failures),
          formatCount(one.parked),
        ],
      }))}
    />
  );
}

function Queues({ queues }: Pick<HealthPage, 'queues'>) {
  if (queues.length === 0) return <p className="text-ink-muted">后台任务：没有等待或失败的任务。</p>;
  return (
    <SimpleTable
      caption="后台任务"
      head={['任务', '状态', { label: '数量', unit: '个', align: 'end' }, '最早一个']}
      rows={queues.map((one) => ({
        key: `${one.name} ${one.state}`,
        cells: [one.name, stateWord(one.state), formatCount(one.count), formatInstant(one.oldestAt)],
      }))}
    />
  );
}
