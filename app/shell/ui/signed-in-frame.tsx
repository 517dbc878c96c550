import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { OfficerTab } from '#app/platform/ui/frames/officer-frame.tsx';
import { OfficerFrame } from '#app/platform/ui/frames/officer-frame.tsx';
import { OfficialFrame } from '#app/platform/ui/frames/official-frame.tsx';
import type { Frame } from '../frame-view.server.ts';

/** Which tab a page belongs to, by the beginning of its path. */
const TAB_OF_PATH: readonly { readonly begins: string; readonly tab: OfficerTab }[] = [
  { begins: '/courses', tab: 'learn' },
  { begins: '/sessions', tab: 'learn' },
  { begins: '/hours', tab: 'hours' },
  { begins: '/exams', tab: 'exam' },
  { begins: '/attempts', tab: 'exam' },
  { begins: '/me', tab: 'me' },
];

export function tabOf(pathname: string): OfficerTab | undefined {
  if (pathname === '/') return 'home';
  return TAB_OF_PATH.find(({ begins }) => pathname === begins || pathname.startsWith(`${begins}/`))?.tab;
}

/** A person keeps one frame on all pages: tabs for those who only learn, navigation by task for all others. */
export function SignedInFrame({ frame, children }: { frame: Frame; children: ReactNode }) {
  const { pathname } = useLocation();
  if (frame.kind === 'officer')
    return (
      <OfficerFrame user={frame.user} active={tabOf(pathname)}>
        {children}
      </OfficerFrame>
    );
  return (
    <OfficialFrame user={frame.user} nav={frame.nav}>
      {children}
    </OfficialFrame>
  );
}
