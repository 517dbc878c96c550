import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { OfficerFrame } from '#app/platform/ui/frames/officer-frame.tsx';
import { OfficialFrame } from '#app/platform/ui/frames/official-frame.tsx';
import type { Frame } from '../frame-view.server.ts';
import { officerTabOf } from '../navigation.ts';

/** A person keeps one frame on all pages: tabs for those who only learn, navigation by task for all others. */
export function SignedInFrame({ frame, children }: { frame: Frame; children: ReactNode }) {
  const { pathname } = useLocation();
  if (frame.nav === null)
    return (
      <OfficerFrame user={frame.user} active={officerTabOf(pathname)}>
        {children}
      </OfficerFrame>
    );
  return (
    <OfficialFrame user={frame.user} nav={frame.nav} hasSearch={frame.hasSearch}>
      {children}
    </OfficialFrame>
  );
}
