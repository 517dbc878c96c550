import type { MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useLocation } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { importRunData, runAction } from '#app/platform/import/import-pages.server.ts';
import { ImportRunPage } from '#app/platform/import/ui/import-run-page.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { counterOfRun } from '../counter.server.ts';
import { kindPathOf, runPathOf } from '../import-paths.ts';

export const meta: MetaFunction = () => [{ title: '导入核对 · 执法学堂' }];

async function deskOf(ctx: ActorCtx, runId: string | undefined) {
  const found = isId(runId) ? await counterOfRun(ctx, runId) : null;
  if (found === null || !isId(runId)) throw new Response(null, { status: 404 });
  return { ...found, runId };
}

export const loader = door('import.use', async ({ ctx, params, request }) => {
  const { desk, counter, runId } = await deskOf(ctx, params.run);
  const isRepeat = new URL(request.url).searchParams.has('repeat');
  return { isRepeat, kindId: counter.kindId, run: await importRunData(desk, ctx, runId, request) };
});

export const action = door('import.use', async ({ ctx, params, request }) => {
  const { desk, counter, runId } = await deskOf(ctx, params.run);
  const { pathname } = new URL(request.url);
  return runAction(desk, ctx, {
    request,
    runId,
    runPath: runPathOf(pathname),
    indexPath: kindPathOf(pathname, counter.kindId),
  });
});

export default function ImportRun() {
  const { run, kindId, isRepeat } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { pathname } = useLocation();
  const indexPath = kindPathOf(pathname, kindId);
  return (
    <>
      <PageHead
        title={run.run.fileName}
        breadcrumb={[{ label: `${run.kind.title}导入`, to: indexPath }, { label: '核对' }]}
      />
      <ImportRunPage
        data={run}
        error={answer && 'error' in answer ? answer.error : null}
        isRepeat={isRepeat}
        annotatedPath={`${runPathOf(pathname)(run.run.id)}/annotated`}
        indexPath={indexPath}
      />
    </>
  );
}
