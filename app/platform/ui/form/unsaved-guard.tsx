import { useBlocker } from '@remix-run/react';
import { useCallback, useEffect } from 'react';
import type { MutableRefObject } from 'react';
import { Button } from '../data/button.tsx';
import { Dialog } from '../feedback/dialog.tsx';

/** The router does not export this type by name. */
type ShouldBlock = Extract<Parameters<typeof useBlocker>[0], (...args: never[]) => boolean>;

/** Asks before typed work is lost: the browser's own question on reload or closing, ours inside the site.
 *  The router holds one such question at a time, so a page has at most one form with `warnUnsaved`. */
export function UnsavedGuard({ isDirty }: { isDirty: MutableRefObject<boolean> }) {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!isDirty.current) return;
      event.preventDefault();
      event.returnValue = '';
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [isDirty]);

  const blocker = useBlocker(
    useCallback<ShouldBlock>(
      ({ currentLocation, nextLocation }) =>
        isDirty.current && currentLocation.pathname !== nextLocation.pathname,
      [isDirty],
    ),
  );
  return (
    <Dialog
      title="离开前请确认"
      open={blocker.state === 'blocked'}
      onOpenChange={(isOpen) => {
        if (!isOpen) blocker.reset?.();
      }}
    >
      <p>本页填写的内容尚未提交，离开后将不保留。</p>
      {/* The safe answer comes first for the keyboard, and stands at the right for the eye. */}
      <div className="mt-6 flex flex-row-reverse flex-wrap gap-3">
        <Button tone="primary" onClick={() => blocker.reset?.()}>
          留在本页
        </Button>
        <Button onClick={() => blocker.proceed?.()}>放弃并离开</Button>
      </div>
    </Dialog>
  );
}
