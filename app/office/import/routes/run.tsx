import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { importRunData, runAction } from '#app/platform/import/import-pages.server.ts';
import { ImportRunPage } from '#app/platform/import/ui/import-run-page.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { rosterDesk } from '../roster-desk.server.ts';
import { IMPORTS_PATH, runPath } from '../run-path.ts';

const paramsSchema = z.object({ run: z.uuid() });

export const meta: MetaFunction = () => [{ title: '导入核对 · 执法学堂' }];

export const loader = door('roster.import', async ({ ctx, params, request }) => {
  const parsed = paramsSchema.safeParse(params);
  if (!parsed.success) throw new Response(null, { status: 404 });
  const isRepeat = new URL(request.url).searchParams.has('repeat');
  return { isRepeat, run: await importRunData(rosterDesk(ctx), ctx, parsed.data.run, request) };
});

export const action = door('roster.import', async ({ ctx, params, request }) => {
  const parsed = paramsSchema.safeParse(params);
  if (!parsed.success) throw new Response(null, { status: 404 });
  return runAction(rosterDesk(ctx), ctx, {
    request,
    runId: parsed.data.run,
    runPath,
    indexPath: IMPORTS_PATH,
  });
});

export default function ImportRun() {
  const { run, isRepeat } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={run.run.fileName}
        breadcrumb={[{ label: `${run.kind.title}导入`, to: IMPORTS_PATH }, { label: '核对' }]}
      />
      <ImportRunPage
        data={run}
        error={answer && 'error' in answer ? answer.error : null}
        isRepeat={isRepeat}
        annotatedPath={`${runPath(run.run.id)}/annotated`}
        indexPath={IMPORTS_PATH}
      />
    </>
  );
}
