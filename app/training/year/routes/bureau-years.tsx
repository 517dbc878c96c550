import type { MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { CopyText } from '#app/platform/ui/data/copy-text.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { actOnYearBoard, bureauYears } from '../bureau-years-view.server.ts';
import { BoardStats } from '../ui/board-stats.tsx';
import { FreezePreview } from '../ui/freeze-preview.tsx';
import { YearBoardTable } from '../ui/year-board-table.tsx';
import { YearLinks } from '../../target/ui/year-links.tsx';
import { BOARD_TABLE } from '../year-board.ts';

export const meta: MetaFunction = () => [{ title: '年度学时封账 · 执法学堂' }];

export const loader = door('hours.close', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const query = parseTableQuery(params, BOARD_TABLE);
  const page = await bureauYears(ctx, { year: params.get('year'), query });
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, pageSize: query.size, sort: query.sort, commandId: newId() };
});

export const action = door('hours.close', async ({ ctx, request }) => {
  const year = new URL(request.url).searchParams.get('year');
  const { status, ...answer } = await actOnYearBoard(ctx, year, await request.formData());
  return data(answer, { status });
});

/** The board of a year: who stands where, opening, reminders, freezing with its preview. */
export default function BureauYears() {
  const { board, reminder, pageSize, sort, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  const { year, years, counts, units, rows, total, page } = board;
  return (
    <>
      <PageHead
        title="年度学时封账"
        meta={`${year}年度，共 ${formatCount(units)} 个单位`}
        scope={<YearLinks year={year} years={years} />}
      />
      <div className="space-y-8">
        {answer === null ? null : <Answer {...answer} />}
        {answer?.preview ? <FreezePreview year={year} lines={answer.preview} commandId={commandId} /> : null}
        <BoardStats counts={counts} units={units} />
        <Acts {...{ board, reminder, commandId }} />
        <YearBoardTable
          key={counts.frozen}
          {...{ year, counts, rows, total, page, pageSize, sort }}
          bulk={{
            commandId,
            actions: [
              {
                intent: 'preview',
                text: '预览封账',
                tone: 'primary',
                consequence: (count) => `将列出 ${formatCount(count)} 个单位的封账数，确认后封账`,
              },
            ],
          }}
        />
      </div>
    </>
  );
}

function Answer({
  notice,
  refusal,
  details,
}: {
  notice: string | null;
  refusal: string | null;
  details: readonly string[];
}) {
  const text = refusal ?? notice;
  if (text === null) return null;
  return (
    <div role={refusal === null ? 'status' : 'alert'}>
      <Callout tone={refusal === null ? (details.length > 0 ? 'warning' : 'success') : 'danger'} title={text}>
        {details.length > 0 ? (
          <ul className="text-sm">
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
      </Callout>
    </div>
  );
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

function Acts({ board, reminder, commandId }: Pick<Page, 'board' | 'reminder' | 'commandId'>) {
  const { counts, unopened } = board;
  const owing = counts.not_published + counts.notice + counts.objected + counts.to_confirm;
  if (owing === 0) return null;
  return (
    <div className="no-print grid items-start gap-6 lg:grid-cols-2">
      {unopened > 0 ? (
        <Card title="启动年度确认">
          <p>{`还有 ${formatCount(unopened)} 个单位没有开始，将通知其联络员公示名单。单位也可以自行开始。`}</p>
          <FormShell id="open" commandId={commandId} className="mt-4">
            <SubmitButton name="intent" value="open" busyText="正在通知…">
              {`通知 ${formatCount(unopened)} 个单位办理`}
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
      <Card title="催办">
        <div className="space-y-4">
          <FormShell id="remind" commandId={commandId}>
            <SubmitButton name="intent" value="remind" tone="secondary" busyText="正在发送…">
              {`向 ${formatCount(owing)} 个未确认单位催办`}
            </SubmitButton>
          </FormShell>
          <CopyText label="发到工作群的文字" text={reminder} />
        </div>
      </Card>
    </div>
  );
}
