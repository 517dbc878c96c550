import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { templateFilePath, templatePath } from '../paths.ts';
import { templatesView } from '../template-view.server.ts';

export const meta: MetaFunction = () => [{ title: '文书模板 · 执法学堂' }];

export const loader = door('template.manage', async ({ ctx, request }) => {
  const outcome = await templatesView(ctx, new URL(request.url).searchParams.get('region'));
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return outcome.value;
});

/** Every paper the office draws, with the template it is drawn with. */
export default function Templates() {
  const { region, regions, lines } = useLoaderData<typeof loader>();
  const areas = [...new Set(lines.map((line) => line.area))];
  const search = regions[0]?.id === region.id ? {} : { region: region.id };
  return (
    <>
      <PageHead
        title="文书模板"
        meta={`${region.name} · 每种文书都有默认模板，可以换成本单位的式样`}
        scope={
          regions.length > 1 ? (
            <Form method="get" className="flex items-end gap-2">
              <SelectField
                label="地区"
                name="region"
                required
                placeholder={null}
                defaultValue={region.id}
                options={regions.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <Button type="submit">切换</Button>
            </Form>
          ) : null
        }
      />
      <div className="space-y-6">
        {areas.map((area) => (
          <Card key={area} title={area}>
            <SimpleTable
              caption={area}
              hideCaption
              head={['文书', '正在使用', '格式', '']}
              rows={lines
                .filter((line) => line.area === area)
                .map((line) => ({
                  key: line.code,
                  cells: [
                    <TextLink key="title" to={templatePath(line.code, search)}>
                      {line.title}
                    </TextLink>,
                    <span key="use">
                      {line.use.text}
                      {line.use.sinceDay ? (
                        <span className="ml-2 whitespace-nowrap text-ink-muted">{`自 ${formatDay(line.use.sinceDay)}`}</span>
                      ) : null}
                    </span>,
                    `.${line.format}`,
                    <TextLink
                      key="trial"
                      to={templateFilePath(line.code, { version: 'current', as: 'trial', region: region.id })}
                      reloadDocument
                    >
                      试填
                    </TextLink>,
                  ],
                }))}
            />
          </Card>
        ))}
      </div>
    </>
  );
}
