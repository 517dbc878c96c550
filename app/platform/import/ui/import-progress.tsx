import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { ImportRunView } from '../run/import-run.ts';
import { progressWords } from './import-words.ts';

const ASK_EVERY_MS = 1_000;

/** How far it is, asked for every second; the page may be left and found again in the list. */
export function ImportProgress({ run }: { run: Pick<ImportRunView, 'progress' | 'state'> }) {
  const isHydrated = useHydrated();
  useRevalidateEvery(ASK_EVERY_MS);
  const { label, detail } = progressWords(run.progress);
  return (
    <div className="max-w-2xl space-y-4" role="status">
      <ProgressBar
        value={run.progress?.done ?? 0}
        max={run.progress?.total ?? 0}
        label={label}
        detail={detail}
      />
      <p className="text-sm text-ink-muted">可以离开这个页面，处理完后在「最近的导入」里查看结果。</p>
      {isHydrated ? null : (
        <LinkButton to="" reloadDocument>
          刷新进度
        </LinkButton>
      )}
    </div>
  );
}

/** Asks the loaders again, one question at a time, while the page is looked at. */
function useRevalidateEvery(ms: number): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (state !== 'idle') return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') revalidate();
    }, ms);
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') revalidate();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [ms, revalidate, state]);
}
