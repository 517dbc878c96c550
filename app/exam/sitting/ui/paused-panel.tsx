import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { useHydrated } from '#app/platform/ui/hydrated.ts';

/** In place of the paper while the exam rests by an act of the invigilator: nobody reads on, nobody loses time. */
export function PausedPanel() {
  const isAlive = useHydrated();
  return (
    <section role="alert" className="mx-auto max-w-measure py-8">
      <h2 className="text-2xl font-semibold">考试已由监考人员暂停</h2>
      <p className="mt-4">
        计时已停止，已作答的内容都在。恢复后剩余时间照旧，结束时间相应顺延。请留在座位上，听从监考人员安排。
      </p>
      <p className="mt-4 text-ink-muted">
        {isAlive ? '恢复后本页自动继续，不需要刷新。' : '请每隔一会儿刷新本页，恢复后继续作答。'}
      </p>
      {isAlive ? null : (
        <p className="mt-6">
          <a href="" className={buttonClass('primary')}>
            刷新本页
          </a>
        </p>
      )}
    </section>
  );
}
