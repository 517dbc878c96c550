import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { TEMPLATES_PATH, templateFilePath, templatePath } from '../paths.ts';
import { actOnTemplate } from '../template-action.server.ts';
import { mappingView, templateView } from '../template-view.server.ts';
import { FieldTable } from '../ui/field-table.tsx';
import { MappingForm } from '../ui/mapping-form.tsx';
import { ActivateForm, PlannedUses, UploadForm } from '../ui/template-forms.tsx';
import { VersionTable } from '../ui/version-table.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.page.paper.title ?? '文书模板'} · 执法学堂` },
];

const asRow = (text: string | null): number | null => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : null);

export const loader = door('template.manage', async ({ ctx, params, request }) => {
  const search = new URL(request.url).searchParams;
  const paperCode = params.paper ?? '';
  const outcome = await templateView(ctx, paperCode, search.get('region'));
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const versionId = search.get('map');
  const listName = search.get('list');
  const asked = { paperCode, versionId: versionId ?? '', headRow: asRow(search.get('head')), list: listName };
  const isAsked = outcome.value.versions.some((version) => version.id === versionId);
  const mapping = isAsked ? await mappingView(ctx, asked) : null;
  return {
    page: outcome.value,
    mapping: mapping?.ok ? mapping.value : null,
    sheetName: search.get('sheet'),
    listName,
    commandIds: { upload: newId(), activate: newId(), map: newId() },
  };
});

export const action = door('template.manage', async ({ ctx, params, request }) => {
  const region = new URL(request.url).searchParams.get('region');
  const acted = await actOnTemplate(ctx, params.paper ?? '', region, request);
  return 'to' in acted ? redirect(acted.to) : data(acted, { status: acted.status });
});

export default function TemplateOfPaper() {
  const { page, mapping, sheetName, listName, commandIds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { paper, region } = page;
  const isFirst = page.regions[0]?.id === region.id;
  const errorOf = (intent: string) => (answer?.intent === intent ? answer.text : undefined);
  const head = (
    <PageHead
      title={paper.title}
      breadcrumb={[
        { label: '文书模板', to: isFirst ? TEMPLATES_PATH : `${TEMPLATES_PATH}?region=${region.id}` },
        { label: paper.title },
      ]}
      meta={`${region.name} · ${paper.area} · 默认为 .${paper.format}`}
    />
  );
  if (mapping)
    return (
      <>
        {head}
        <Card
          title={`对应列：第 ${mapping.version.versionNo} 版（${mapping.version.fileName}）`}
          action={<LinkButton to={templatePath(paper.code, { region: region.id })}>返回</LinkButton>}
        >
          <Refusal text={errorOf('map')} />
          <MappingForm
            page={mapping}
            sheetName={sheetName}
            listName={listName}
            regionId={region.id}
            commandId={commandIds.map}
          />
        </Card>
      </>
    );
  return (
    <>
      {head}
      <Refusal text={errorOf('upload')} />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <InUse page={page} />
          <Card title="已上传的版本">
            <VersionTable paperCode={paper.code} regionId={region.id} versions={page.versions} />
          </Card>
          {page.versions.some((version) => version.isReady) || !page.use.isDefault ? (
            <Card title="启用">
              <ActivateForm
                commandId={commandIds.activate}
                versions={page.versions}
                today={page.today}
                error={errorOf('activate')}
              />
            </Card>
          ) : null}
          <Card title="上传新模板" key={page.versions.length}>
            <UploadForm commandId={commandIds.upload} />
          </Card>
        </div>
        <Card title="字段表">
          <FieldTable fields={page.fields} lists={page.lists} />
        </Card>
      </div>
    </>
  );
}

/** Why a template was not taken, each reason on its line. It takes the focus: the form it answers stands further down. */
function Refusal({ text }: { text: string | undefined }) {
  const boxRef = useRef<HTMLDivElement>(null);
  useEffect(() => boxRef.current?.focus(), [text]);
  if (text === undefined) return null;
  return (
    <div ref={boxRef} tabIndex={-1} className="mb-6" role="alert">
      <Callout tone="danger" title="没有办成">
        <p className="max-w-measure whitespace-pre-line">{text}</p>
      </Callout>
    </div>
  );
}

function InUse({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>>['page'] }) {
  const { paper, region, use } = page;
  const file = (version: string, as: string) =>
    templateFilePath(paper.code, { version, as, region: region.id });
  return (
    <Card title="正在使用">
      <p className="text-lg font-semibold">{use.text}</p>
      {use.sinceDay ? <p className="text-sm text-ink-muted">{`自 ${formatDay(use.sinceDay)} 起`}</p> : null}
      <PlannedUses planned={page.planned} today={page.today} />
      <div className="mt-4 flex flex-wrap gap-3">
        <LinkButton to={file('current', 'template')} reloadDocument>
          下载正在使用的模板
        </LinkButton>
        <LinkButton to={file('current', 'trial')} reloadDocument>
          用示例试填
        </LinkButton>
        {use.isDefault ? null : (
          <LinkButton to={file('default', 'template')} reloadDocument>
            下载默认模板
          </LinkButton>
        )}
        <LinkButton to={file('default', 'print')} reloadDocument>
          打印样张（PDF）
        </LinkButton>
      </div>
      <p className="mt-3 max-w-measure text-sm text-ink-muted">
        下载模板，在 Word、Excel 或 WPS 中改好式样、保留花括号里的字段，再上传。PDF 按统一版式生成，内容相同。
      </p>
    </Card>
  );
}
