import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { moveRowFocus } from '#app/platform/ui/table/table-keyboard.ts';
import { MAX_QUERY, askedFor } from '../search/asked.ts';
import { searchEverything } from '../search/search-view.server.ts';
import { HitGroups } from '../ui/hit-groups.tsx';

export const meta: MetaFunction = () => [{ title: '搜索 · 执法学堂' }];

export const loader = door('search.read', async ({ ctx, request }) => {
  const asked = askedFor(new URL(request.url).searchParams.get('q'));
  return { asked, groups: asked.kind === 'text' ? await searchEverything(ctx, asked.text) : [] };
});

export default function Search() {
  const { asked, groups } = useLoaderData<typeof loader>();
  const text = asked.kind === 'text' ? asked.text : '';
  return (
    <div onKeyDown={moveRowFocus}>
      <PageHead title={text === '' ? '搜索' : `搜索“${text}”`} breadcrumb={[{ label: '搜索' }]} />
      <Form method="get" role="search" aria-label="全部内容" className="mb-8 flex max-w-xl gap-3">
        <input
          key={text}
          type="search"
          name="q"
          data-slash="list"
          defaultValue={text}
          maxLength={MAX_QUERY}
          aria-label="搜索内容"
          placeholder="姓名、单位、证号、课程，可输拼音首字母"
          className="h-10 min-w-0 flex-1 rounded border border-line-strong bg-surface-raised px-3"
        />
        <Button type="submit">搜索</Button>
      </Form>
      <Result asked={asked} groups={groups} />
    </div>
  );
}

function Result({ asked, groups }: ReturnType<typeof useLoaderData<typeof loader>>) {
  if (asked.kind === 'id_number')
    return (
      <EmptyState
        title="请不要用身份证号搜索"
        text="身份证号会留在浏览器的地址和历史记录里。请改用姓名、拼音首字母或证件编号查找。"
      />
    );
  if (asked.kind === 'nothing')
    return (
      <EmptyState
        title="输入要找的内容"
        text="可搜人员、单位、执法证件、培训班、考试场次、课程和课件正文，范围以您的权限为限。"
      />
    );
  if (groups.length === 0)
    return (
      <EmptyState
        title="没有找到"
        text="请检查是否有错字，或改用姓名、拼音首字母、证件编号再试；不在您管辖范围内的记录不会显示。"
      />
    );
  return <HitGroups groups={groups} />;
}
