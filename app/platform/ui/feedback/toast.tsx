import { Link, useLocation } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { cx } from '../cx.ts';
import { NOTICE_PARAM, NOTICE_TEXTS } from './notice.ts';

export interface Notice {
  tone: 'success' | 'danger';
  text: string;
}

export interface ToastRegionProps {
  /** from a session flash, read by a loader */
  notice?: Notice | null | undefined;
  /** texts of a slice's own `?notice=` codes */
  texts?: Readonly<Record<string, string>> | undefined;
}

/** How long a success stays unless the pointer or the focus rests on it; failures stay until closed. */
const SHOWN_MILLISECONDS = 8000;

/** What was just done. `?notice=` carries a code out of a closed list, never the text itself: a link must not be
 *  able to put words into our mouth. Without JavaScript it stays until the next page. */
export function ToastRegion({ notice, texts }: ToastRegionProps) {
  const location = useLocation();
  const params = new URLSearchParams(location.search);
  const code = params.get(NOTICE_PARAM) ?? '';
  const text = new Map(Object.entries({ ...NOTICE_TEXTS, ...texts })).get(code);
  const shown: Notice | null = notice ?? (text ? { tone: 'success', text } : null);
  params.delete(NOTICE_PARAM);
  return (
    <div
      role="status"
      data-toast
      className="pointer-events-none fixed inset-x-0 bottom-20 z-toast flex justify-center px-4 lg:bottom-6 lg:justify-end lg:px-6"
    >
      {shown ? (
        <Toast key={location.key} notice={shown} closeTo={`${location.pathname}?${params.toString()}`} />
      ) : null}
    </div>
  );
}

function Toast({ notice, closeTo }: { notice: Notice; closeTo: string }) {
  const [isShown, setIsShown] = useState(true);
  const [isHeld, setIsHeld] = useState(false);
  const staysOpen = isHeld || notice.tone === 'danger';
  useEffect(() => {
    if (staysOpen) return;
    const timer = setTimeout(() => setIsShown(false), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [staysOpen]);
  if (!isShown) return null;
  return (
    <div
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className={cx(
        'pointer-events-auto flex max-w-measure items-baseline gap-6 rounded-md border border-l-4 border-line bg-surface-raised px-5 py-3 shadow-overlay',
        notice.tone === 'success' ? 'border-l-positive' : 'border-l-danger',
      )}
    >
      <p>{notice.text}</p>
      <Link
        to={closeTo}
        replace
        preventScrollReset
        onClick={(event) => {
          event.preventDefault();
          setIsShown(false);
        }}
        className="shrink-0 text-sm text-accent hover:underline"
      >
        关闭
      </Link>
    </div>
  );
}
