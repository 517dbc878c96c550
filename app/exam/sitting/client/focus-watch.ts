import type { DeviceClock } from './ports.ts';
import type { Evidence } from './evidence.ts';

/** A window that has lost the focus for a moment (a notice of the system, a click beside the page) has not been left. */
const BLUR_GRACE_MS = 1_500;

/** Turns what the browser says about the page's window into leavings and returns. Free of the DOM. */
export interface FocusWatch {
  /** The page cannot be seen any more: left at once. */
  hidden(): void;
  /** Another window has the focus: left when it stays so. */
  blurred(): void;
  returned(): void;
  /** The page itself goes (reload, hand-in, a link): that is no leaving of the exam. */
  unloading(): void;
  /** The browser shows the page again out of its cache. */
  shown(): void;
}

export interface FocusWatchOptions {
  readonly clock: Pick<DeviceClock, 'monotonicMs' | 'after'>;
  readonly evidence: Pick<Evidence, 'note'>;
  /** True while leaving is allowed: the exam rests, it is over, or the candidate has to sign in again elsewhere. */
  isExcused(): boolean;
}

export function createFocusWatch({ clock, evidence, isExcused }: FocusWatchOptions): FocusWatch {
  let awaySinceMs: number | null = null;
  let cancelGrace: (() => void) | null = null;
  let isUnloading = false;

  const leave = (sinceMs: number): void => {
    cancelGrace?.();
    cancelGrace = null;
    if (awaySinceMs !== null || isUnloading || isExcused()) return;
    awaySinceMs = sinceMs;
    evidence.note('focus_lost');
  };

  const stay = (): void => {
    cancelGrace?.();
    cancelGrace = null;
  };

  return {
    hidden: () => leave(clock.monotonicMs()),
    blurred: () => {
      const sinceMs = clock.monotonicMs();
      cancelGrace ??= clock.after(BLUR_GRACE_MS, () => leave(sinceMs));
    },
    returned: () => {
      stay();
      if (awaySinceMs === null) return;
      evidence.note('focus_back', { lastedMs: Math.round(clock.monotonicMs() - awaySinceMs) });
      awaySinceMs = null;
    },
    unloading: () => {
      isUnloading = true;
      stay();
    },
    shown: () => {
      isUnloading = false;
    },
  };
}
