import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import type { VersionView } from '../course-view.server.ts';
import type { VersionChange } from '../version-change.ts';

function changeText(change: VersionChange): string {
  switch (change.kind) {
    case 'law_amended':
      return `《${change.law}》由${formatDay(change.from)}文本改为${formatDay(change.to)}文本`;
    case 'lesson_added':
      return `新增：${change.title}`;
    case 'lesson_removed':
      return `删去：${change.title}`;
    case 'lesson_changed':
      return `修改：${change.title}`;
    case 'stated_hours':
      return '规定学时有调整';
  }
}

/** In which content version the course was completed, and what is different today. An old completion keeps its year. */
export function VersionNote({ version }: { version: VersionView }) {
  const { completions, changes, currentNo, currentSince } = version;
  return (
    <section aria-labelledby="course-version" className="mt-8">
      <h2 id="course-version" className="text-lg font-semibold">
        内容版本
      </h2>
      <p className="mt-1 text-sm text-ink-muted">
        {`现行第 ${currentNo} 版，${formatDay(currentSince)}启用，内容标识 ${version.contentMark}。`}
      </p>
      {completions.length > 0 ? (
        <ul className="mt-3 space-y-1">
          {completions.map((one) => (
            <li key={`${one.year}-${one.versionNo}`}>
              {`${one.year}年度：${formatDay(one.day)}学完第 ${one.versionNo} 版${one.isCurrentVersion ? '' : '，该年度学习记录继续有效'}`}
            </li>
          ))}
        </ul>
      ) : null}
      {changes.length > 0 ? (
        <div className="mt-4 max-w-measure">
          <Callout tone="info" title="您学完之后，课程内容有更新">
            <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
              {changes.map((change) => (
                <li key={changeText(change)}>{changeText(change)}</li>
              ))}
            </ul>
          </Callout>
        </div>
      ) : null}
    </section>
  );
}
