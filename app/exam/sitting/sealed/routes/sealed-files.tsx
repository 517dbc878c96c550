import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { receiveFiles } from '../receive-files.server.ts';
import { viewSealedFiles } from '../sealed-files-view.server.ts';
import { outcomeWords } from '../sealed-words.ts';
import { MAX_SEALED_BYTES } from '../sealed-limits.ts';
import { FileAnswers } from '../ui/file-answers.tsx';

export const meta: MetaFunction = () => [{ title: '接收离线作答 · 执法学堂' }];

export const loader = door('exam.receive_sealed', async ({ ctx }) => {
  const outcome = await viewSealedFiles(ctx);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { rows: [...outcome.value], commandId: newId() };
});

export const action = door('exam.receive_sealed', async ({ ctx, request }) => ({
  answers: [...(await receiveFiles(ctx, await request.formData()))],
}));

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'person',
    header: '考生',
    cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
  },
  {
    id: 'sitting',
    header: '场次',
    cell: (row) => <span className="block min-w-40">{row.sittingTitle}</span>,
  },
  { id: 'count', header: '作答记录', unit: '条', align: 'end', cell: (row) => row.eventCount },
  { id: 'outcome', header: '入库情况', cell: (row) => outcomeWords(row.outcome) },
  { id: 'by', header: '接收人', cell: (row) => row.receivedByName ?? '–' },
  {
    id: 'at',
    header: '接收时间',
    cell: (row) => <span className="whitespace-nowrap">{formatInstant(row.receivedAt)}</span>,
  },
];

export default function SealedFiles() {
  const { rows, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="接收离线作答"
        breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }]}
        meta="网络始终未恢复时，考生把作答保存为加密文件交给监考人员，在此上传。文件只有本系统能打开。"
      />
      <FormShell id="sealed" commandId={commandId} encType="multipart/form-data">
        <FileField
          name="files"
          label="作答文件"
          kinds="考试页面保存的加密文件（.json）"
          maxBytes={MAX_SEALED_BYTES}
          hint="可一次选择多个；同一文件重复上传不会重复入库"
          accept=".json,application/json"
          multiple
          required
        />
        <SubmitButton>上传并入库</SubmitButton>
      </FormShell>
      {answered && 'answers' in answered ? <FileAnswers answers={answered.answers} /> : null}
      <h2 className="mb-3 mt-10 text-lg font-semibold">已接收的文件</h2>
      <p className="mb-4 max-w-measure text-sm text-ink-muted">
        “按时”指在结束时间前入库，参与评分；“逾时”只留存为证据，是否计入成绩，在本场的“断网补传”里由两人决定。
      </p>
      <DataTable
        caption="已接收的离线作答文件"
        columns={COLUMNS}
        rows={rows}
        total={rows.length}
        page={1}
        pageSize={Math.max(rows.length, 1)}
        sort={{ field: 'at', direction: 'desc' }}
        searchHint={null}
        rowKey={(row) => row.id}
        empty={<EmptyState title="尚未接收离线作答" text="考试期间网络正常时不需要办理。" />}
      />
    </>
  );
}
