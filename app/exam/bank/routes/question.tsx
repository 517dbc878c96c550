import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { DIFFICULTY_LABELS, SECTION_LABELS, TYPE_LABELS, answerText, citationText } from '../question.ts';
import type { QuestionView } from '../questions-view.server.ts';
import { viewQuestion } from '../questions-view.server.ts';
import { QuestionBadge } from '../ui/question-badge.tsx';
import { QuestionSheet } from '../ui/question-sheet.tsx';

export const meta: MetaFunction = () => [{ title: '题目 · 执法学堂' }];

export const loader = door('bank.read', async ({ ctx, params }) => {
  if (!isId(params.question)) throw new Response(null, { status: 404 });
  const outcome = await viewQuestion(ctx, params.question);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  return outcome.value;
});

export default function Question() {
  const { live, versions } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={live.code}
        breadcrumb={[{ label: '题库', to: '/bank/questions' }]}
        meta={<QuestionBadge status={live.status} />}
      />
      <div className="space-y-6">
        <Card title="考生看到的样子">
          <QuestionSheet content={live} />
        </Card>
        <Card title="答案与依据">
          <DefinitionList items={factsOf(live)} />
        </Card>
        <Card title="版本">
          <Versions versions={versions} />
        </Card>
      </div>
    </>
  );
}

function factsOf(live: QuestionView['live']) {
  return [
    { term: '正确答案', value: <strong>{answerText(live.answer)}</strong> },
    { term: '解析', value: live.explanation },
    { term: '依据', value: `${citationText(live)}，${formatDay(live.lawVersion)}版本` },
    { term: '题型', value: TYPE_LABELS[live.type] },
    { term: '部分', value: SECTION_LABELS[live.section] },
    { term: '知识点', value: live.knowledgePoint },
    { term: '难度', value: DIFFICULTY_LABELS[live.difficulty] },
    { term: '命题、审题', value: `${live.author}，${live.reviewer}` },
  ];
}

const HASH_SHOWN = 12;

function Versions({ versions }: { versions: QuestionView['versions'] }) {
  return (
    <SimpleTable
      caption="版本"
      hideCaption
      head={[{ label: '版本', align: 'start' }, '题干', '答案', '命题', '审题', '录入时间', '校验码']}
      rows={versions.map((version) => ({
        key: String(version.versionNo),
        cells: [
          `${version.versionNo}${version.versionNo === version.liveVersionNo ? '（在用）' : ''}`,
          <span key="stem" className="block min-w-[16em]">
            {version.stem}
          </span>,
          answerText(version.answer),
          version.author,
          version.reviewer,
          <span key="recorded" className="whitespace-nowrap">
            {formatInstant(version.recordedAt)}
          </span>,
          <span key="hash" className="font-mono text-xs">
            {version.contentHash.slice(0, HASH_SHOWN)}
          </span>,
        ],
      }))}
    />
  );
}
