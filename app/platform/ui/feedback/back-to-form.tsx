import { Button } from '../data/button.tsx';
import { useHydrated } from '../hydrated.ts';

/** Back to the form with the browser's own memory of what was typed. Without JavaScript the words above say how. */
export function BackToForm() {
  return useHydrated() ? (
    <Button tone="primary" onClick={() => window.history.back()}>
      返回上一页
    </Button>
  ) : null;
}
