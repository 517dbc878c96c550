import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { importIndexData, uploadAction } from '#app/platform/import/import-pages.server.ts';
import { ImportHistory } from '#app/platform/import/ui/import-history.tsx';
import { ImportUpload } from '#app/platform/import/ui/import-upload.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { ownRosterScope, rosterDesk, scopeOnDay } from '../roster-desk.server.ts';
import { runPath } from '../run-path.ts';

export const meta: MetaFunction = () => [{ title: '花名册导入 · 执法学堂' }];

export const loader = door('roster.import', async ({ ctx }) => {
  const scope = await ownRosterScope(ctx);
  if (!scope) throw new Response(null, { status: 403 });
  const { regionName, ...own } = scope;
  return { regionName, asOfDay: own.asOfDay, ...(await importIndexData(rosterDesk(ctx), ctx, own)) };
});

export const action = door('roster.import', async ({ ctx, request }) => {
  const scope = await ownRosterScope(ctx);
  if (!scope) throw new Response(null, { status: 403 });
  return uploadAction(rosterDesk(ctx), ctx, { request, scopeOf: (form) => scopeOnDay(scope, form), runPath });
});

export default function Imports() {
  const { kind, runs, commandId, regionName, asOfDay } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead title={`${kind.title}导入`} meta={regionName} />
      <div className="space-y-10">
        <ImportUpload
          kind={kind}
          commandId={commandId}
          error={answer && 'error' in answer ? answer.error : null}
        >
          <DateField
            label="花名册截至日期"
            name="asOfDay"
            defaultValue={asOfDay}
            max={asOfDay}
            hint="表中的单位和职务自这一天起生效，不得晚于今天"
          />
        </ImportUpload>
        <ImportHistory runs={runs} rowWord={kind.rowWord} runPath={runPath} />
      </div>
    </>
  );
}
