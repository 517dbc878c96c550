import type { MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { cx } from '#app/platform/ui/cx.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { uncountedView } from '../uncounted-view.server.ts';
import { UncountedTime } from '../ui/uncounted-time.tsx';

export const meta: MetaFunction = () => [{ title: '未计入的学习时间 · 执法学堂' }];

export const loader = door('hours.read_own', async ({ ctx, request }) => {
  const year = /^20\d{2}$/.exec(new URL(request.url).searchParams.get('year') ?? '')?.[0];
  const view = await uncountedView(ctx, year === undefined ? null : Number(year));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

/** One's own study that brought no credit, lesson by lesson, each stretch with its reason. */
export default function UncountedPage() {
  const { year, years, lessons } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${year}年未计入的学习时间`}
        breadcrumb={[{ label: '我的学时', to: `/hours?year=${year}` }, { label: '未计入的学习时间' }]}
        meta="在线学习由服务器逐段核验，未计入的每一段都写明原因"
        scope={
          <nav
            aria-label="年度"
            className="flex flex-wrap rounded border border-line-strong bg-surface-raised"
          >
            {years.map((one) => (
              <Link
                key={one}
                to={`?year=${one}`}
                aria-current={one === year ? 'page' : undefined}
                className={cx(
                  'border-r border-line px-3 py-1.5 tabular-nums last:border-r-0',
                  one === year ? 'bg-accent font-semibold text-on-accent' : 'text-ink hover:text-accent',
                )}
              >
                {one}
              </Link>
            ))}
          </nav>
        }
      />
      {lessons.length === 0 ? (
        <EmptyState title="没有未计入的学习时间" text="学习时间均已核验。" />
      ) : (
        <div className="space-y-6">
          {lessons.map((lesson) => (
            <Card
              key={lesson.lessonVersionId}
              title={lesson.title}
              action={<TextLink to={lesson.path}>打开本课</TextLink>}
            >
              <div className="space-y-2">
                <UncountedTime uncounted={lesson} />
              </div>
            </Card>
          ))}
        </div>
      )}
    </>
  );
}
