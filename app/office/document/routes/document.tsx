import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatBytes } from '#app/platform/ui/text/format.ts';
import { actOnDocument } from '../document-action.server.ts';
import type { DocumentPage } from '../document-view.server.ts';
import { documentView } from '../document-view.server.ts';
import { DOCUMENT_EVENT_LABELS } from '../document.ts';
import { DOCUMENTS_PATH, documentFilePath, documentPath } from '../paths.ts';
import { NumberState } from '../ui/document-list.tsx';
import { NumberForm, ScanForm, WithdrawForm } from '../ui/document-forms.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.page.document.title ?? '文书'} · 执法学堂` },
];

export const loader = door('document.read', async ({ ctx, params }) => {
  if (!isId(params.document)) throw new Response(null, { status: 404 });
  const outcome = await documentView(ctx, params.document);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  return { page: outcome.value, commandIds: { number: newId(), scan: newId(), withdraw: newId() } };
});

export const action = door('document.draw', async ({ ctx, params, request }) => {
  if (!isId(params.document)) throw new Response(null, { status: 404 });
  const acted = await actOnDocument(ctx, params.document, request);
  if ('notice' in acted) return redirect(`${documentPath(params.document)}?notice=${acted.notice}`);
  return data(acted, { status: acted.status });
});

export default function DocumentOfOffice() {
  const { page, commandIds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { document, number, events } = page;
  const errorOf = (intent: string) => (answer?.intent === intent ? answer.text : undefined);
  return (
    <>
      <PageHead
        title={document.title}
        breadcrumb={[{ label: '文书', to: DOCUMENTS_PATH }, { label: page.paperTitle }]}
        meta={<NumberState {...document} bearsNumber={page.bearsNumber} />}
      />
      {page.sameNumber.length > 0 ? <SameNumber page={page} /> : null}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <Card title="下载和打印">
            <div className="flex flex-wrap gap-3">
              {document.format === 'pdf' ? null : (
                <LinkButton to={documentFilePath(document.id, 'original')} tone="primary" reloadDocument>
                  {document.format === 'docx' ? '下载 Word（.docx）' : '下载 Excel（.xlsx）'}
                </LinkButton>
              )}
              <LinkButton
                to={documentFilePath(document.id, 'pdf')}
                tone={document.format === 'pdf' ? 'primary' : 'secondary'}
                reloadDocument
              >
                下载 PDF（A4 打印）
              </LinkButton>
            </div>
            {document.templateVersionNo === null ? null : (
              <p className="mt-3 max-w-measure text-sm text-ink-muted">
                {`PDF 按系统版式生成，与上传的模板（第 ${document.templateVersionNo} 版）可能不同；盖章、送达请用按模板出具的 ${document.format === 'docx' ? 'Word' : 'Excel'} 文件。`}
              </p>
            )}
          </Card>
          {page.mayIssue && !document.isWithdrawn ? (
            <>
              {page.bearsNumber ? (
                <Card title={number ? '更正文号' : '登记文号'}>
                  <NumberForm
                    key={page.lastSeq}
                    page={page}
                    commandId={commandIds.number}
                    error={errorOf('number')}
                    typed={answer?.intent === 'number' ? answer.typed : undefined}
                  />
                </Card>
              ) : null}
              <Card title="盖章扫描件">
                <ScanForm key={page.lastSeq} commandId={commandIds.scan} error={errorOf('scan')} />
              </Card>
              <WithdrawForm page={page} commandId={commandIds.withdraw} error={errorOf('withdraw')} />
            </>
          ) : null}
        </div>
        <div className="min-w-0 space-y-6">
          <Card title="文书信息">
            <DefinitionList
              items={[
                { term: '文书', value: page.paperTitle },
                { term: '文号', value: number?.documentNo },
                { term: '签发日期', value: number ? formatDay(number.signedDay) : undefined },
                { term: '单位或地区', value: page.placeName },
                {
                  term: '模板',
                  value:
                    document.templateVersionNo === null ? '默认模板' : `第 ${document.templateVersionNo} 版`,
                },
                { term: '出具', value: `${document.drawerName}，${formatInstant(document.drawnAt)}` },
                { term: '文书编号', value: document.id.slice(-12) },
              ]}
            />
          </Card>
          <Card title="办理记录">
            <Timeline label="办理记录" items={timelineOf(page, document.id, events)} />
          </Card>
        </div>
      </div>
    </>
  );
}

function SameNumber({ page }: { page: DocumentPage }) {
  return (
    <div className="mb-6">
      <Callout tone="warning" title={`文号“${page.number?.documentNo ?? ''}”还用于其他文书，请核对`}>
        <ul>
          {page.sameNumber.map(({ id, title }) => (
            <li key={id}>
              <TextLink to={documentPath(id)}>{title}</TextLink>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}

function timelineOf(page: DocumentPage, documentId: string, events: DocumentPage['events']) {
  const drawn = {
    key: 'drawn',
    at: formatInstant(page.document.drawnAt),
    title: '出具',
    actor: page.document.drawerName,
  };
  const rest = events.map((event) => ({
    key: event.id,
    at: formatInstant(event.occurredAt),
    title: DOCUMENT_EVENT_LABELS[event.kind],
    actor: event.actorName,
    body:
      event.kind === 'withdrawn' ? (
        <p>{`原因：${event.reason ?? ''}`}</p>
      ) : event.kind === 'scan_attached' ? (
        <TextLink to={documentFilePath(documentId, event.id)} reloadDocument>
          {`下载 ${event.scanName ?? '扫描件'}（${formatBytes(event.scanBytes ?? 0)}）`}
        </TextLink>
      ) : (
        <>
          <p>{`${event.documentNo ?? ''}，签发日期 ${event.signedDay === null ? '' : formatDay(event.signedDay)}`}</p>
          {event.reason ? <p>{`原因：${event.reason}`}</p> : null}
        </>
      ),
  }));
  return [drawn, ...rest];
}
