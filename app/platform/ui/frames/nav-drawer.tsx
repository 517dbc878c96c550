import * as Radix from '@radix-ui/react-dialog';
import { useState } from 'react';
import { useHydrated } from '../hydrated.ts';
import type { NavGroup } from './frame-user.ts';
import { SideNav } from './side-nav.tsx';

const MENU_BUTTON =
  '-ml-2 flex h-10 cursor-pointer items-center rounded px-2 text-sm text-on-masthead hover:bg-on-masthead/10';

/** The navigation on narrow screens: a drawer once JavaScript runs, a panel below its button before. */
export function NavDrawer({ groups }: { groups: readonly NavGroup[] }) {
  const isHydrated = useHydrated();
  const [isOpen, setIsOpen] = useState(false);
  if (!isHydrated) {
    return (
      <details className="lg:hidden">
        <summary className={MENU_BUTTON}>菜单</summary>
        <div className="absolute inset-x-0 top-full max-h-[80vh] overflow-y-auto border-b border-line bg-surface-raised text-ink">
          <SideNav groups={groups} />
        </div>
      </details>
    );
  }
  return (
    <Radix.Root open={isOpen} onOpenChange={setIsOpen}>
      <Radix.Trigger className={`${MENU_BUTTON} lg:hidden`}>菜单</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-dialog bg-masthead/50 lg:hidden" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-dialog w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-surface-raised text-ink lg:hidden"
        >
          <div className="flex h-14 items-center justify-between border-b border-line pl-5 pr-2">
            <Radix.Title className="font-semibold">菜单</Radix.Title>
            <Radix.Close className="h-10 rounded px-3 text-sm text-accent">关闭</Radix.Close>
          </div>
          <SideNav groups={groups} onFollow={() => setIsOpen(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
