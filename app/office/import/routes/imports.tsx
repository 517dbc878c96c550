import type { MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useLocation } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { importIndexData, uploadAction } from '#app/platform/import/import-pages.server.ts';
import { ImportHistory } from '#app/platform/import/ui/import-history.tsx';
import { ImportUpload } from '#app/platform/import/ui/import-upload.tsx';
import { cx } from '#app/platform/ui/cx.ts';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { ownCounters, scopeOnDay } from '../counter.server.ts';
import { kindPathOf, runPathOf } from '../import-paths.ts';

export const meta: MetaFunction = () => [{ title: '资料导入 · 执法学堂' }];

/** The kind in the URL, else the first one that the account may hand in. */
async function chosenCounter(ctx: ActorCtx, request: Request) {
  const counters = await ownCounters(ctx);
  const asked = new URL(request.url).searchParams.get('kind');
  const chosen = asked === null ? counters[0] : counters.find(({ counter }) => counter.kindId === asked);
  if (chosen === undefined) throw new Response(null, { status: asked === null ? 403 : 404 });
  return { counters, chosen };
}

export const loader = door('import.use', async ({ ctx, request }) => {
  const { counters, chosen } = await chosenCounter(ctx, request);
  const { counter, desk, place, placeName, scope } = chosen;
  return {
    kinds: counters.map((one) => ({ id: one.counter.kindId, title: one.counter.title })),
    chosenId: counter.kindId,
    day: counter.day,
    asOfDay: place.asOfDay,
    placeName,
    ...(await importIndexData(desk, ctx, scope)),
  };
});

export const action = door('import.use', async ({ ctx, request }) => {
  const { chosen } = await chosenCounter(ctx, request);
  const { pathname } = new URL(request.url);
  return uploadAction(chosen.desk, ctx, {
    request,
    scopeOf: (form) => scopeOnDay(chosen, form),
    runPath: runPathOf(pathname),
  });
});

/** First which kind of file, then the file; below it what was handed in before. */
export default function Imports() {
  const { kind, runs, commandId, placeName, day, asOfDay, kinds, chosenId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { pathname } = useLocation();
  return (
    <>
      <PageHead
        title={`${kind.title}导入`}
        breadcrumb={[{ label: '名册与资料' }, { label: '资料导入' }]}
        meta={placeName}
      />
      <nav aria-label="资料种类" className="mb-8">
        <ul className="flex flex-wrap gap-2">
          {kinds.map(({ id, title }) => (
            <li key={id}>
              <Link
                to={kindPathOf(pathname, id)}
                aria-current={id === chosenId ? 'page' : undefined}
                className={cx(
                  'inline-block rounded border px-3 py-1.5',
                  id === chosenId
                    ? 'border-accent bg-accent-soft font-semibold text-accent'
                    : 'border-line-strong hover:border-accent hover:text-accent',
                )}
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="space-y-10" key={chosenId}>
        <ImportUpload
          kind={kind}
          commandId={commandId}
          error={answer && 'error' in answer ? answer.error : null}
        >
          {day === null ? null : (
            <DateField
              label={day.label}
              name="asOfDay"
              defaultValue={asOfDay}
              max={asOfDay}
              hint={day.hint}
            />
          )}
        </ImportUpload>
        <ImportHistory runs={runs} rowWord={kind.rowWord} runPath={runPathOf(pathname)} />
      </div>
    </>
  );
}
