import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { LessonSearchBox } from '../../ui/lesson-search-box.tsx';
import { lessonSearchHref, parseLessonSearch } from '../lesson-search-query.ts';
import { lessonSearchView } from '../lesson-search-view.server.ts';
import { LessonHitList } from '../ui/lesson-hit-list.tsx';
import { SearchFilter } from '../ui/search-filter.tsx';

export const meta: MetaFunction = () => [{ title: '课件搜索 · 执法学堂' }];

export const loader = door('course.read', ({ ctx, request }) => {
  const view = lessonSearchView(ctx, parseLessonSearch(new URL(request.url).searchParams));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

/** Full text of all lessons. */
export default function LessonSearch() {
  const { asked, total, page, pages, hits, courses } = useLoaderData<typeof loader>();
  const isNarrowed = asked.course !== null || asked.category !== null || asked.act !== null;
  return (
    <>
      <PageHead
        title={asked.q === '' ? '课件搜索' : `课件搜索“${asked.q}”`}
        breadcrumb={[{ label: '课程', to: '/courses' }]}
        meta={asked.q === '' ? null : `找到 ${total} 课`}
      />
      <div className="mb-6">
        <LessonSearchBox text={asked.q} />
      </div>
      {asked.q === '' ? (
        <EmptyState
          title="输入要找的内容"
          text="可搜课件标题、正文、案例和自测题，也可按法条查找，如“行政处罚法 第三十三条”或“处罚法33”。"
        />
      ) : (
        <>
          <SearchFilter asked={asked} courses={courses} isNarrowed={isNarrowed} />
          {hits.length > 0 ? (
            <LessonHitList hits={hits} />
          ) : (
            <EmptyState
              title="没有找到"
              text="请检查是否有错字，或换一个更短的词再试。"
              action={
                isNarrowed ? (
                  <LinkButton to={lessonSearchHref(asked, { course: null, category: null, act: null })}>
                    在全部课件中查找
                  </LinkButton>
                ) : undefined
              }
            />
          )}
          {pages > 1 ? (
            <nav aria-label="分页" className="mt-6 flex items-center gap-4 text-sm">
              {page > 1 ? (
                <LinkButton to={lessonSearchHref(asked, { page: page - 1 })}>上一页</LinkButton>
              ) : null}
              <span className="tabular-nums">{`第 ${page}/${pages} 页`}</span>
              {page < pages ? (
                <LinkButton to={lessonSearchHref(asked, { page: page + 1 })}>下一页</LinkButton>
              ) : null}
            </nav>
          ) : null}
        </>
      )}
    </>
  );
}
