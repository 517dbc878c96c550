import * as Radix from '@radix-ui/react-dialog';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { buttonClass } from '../data/button-class.ts';
import type { ButtonSize, ButtonTone } from '../data/button-class.ts';
import { useHydrated } from '../hydrated.ts';

export interface DialogProps {
  title: string;
  /** words on the button that opens it; left out where `open` is given */
  trigger?: string | undefined;
  triggerTone?: ButtonTone | undefined;
  triggerSize?: ButtonSize | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
  children: ReactNode;
}

const OVERLAY = 'no-print fixed inset-0 z-dialog bg-masthead/50';
const PANEL =
  'fixed left-1/2 top-1/2 z-dialog max-h-[90vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-line bg-surface-raised p-6 text-ink shadow-overlay';

/** Something to decide or fill in before going on. Before JavaScript the same content opens in place, below
 *  its button. */
export function Dialog(props: DialogProps) {
  const { title, trigger, triggerTone, triggerSize, open, onOpenChange, children } = props;
  const isHydrated = useHydrated();
  if (!isHydrated) {
    return trigger === undefined ? null : (
      <InPlace
        title={title}
        trigger={trigger}
        isOpen={open ?? false}
        look={buttonClass(triggerTone, triggerSize)}
      >
        {children}
      </InPlace>
    );
  }
  return (
    <Radix.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger === undefined ? null : (
        <Radix.Trigger className={buttonClass(triggerTone, triggerSize)}>{trigger}</Radix.Trigger>
      )}
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content className={PANEL} aria-describedby={undefined}>
          <Radix.Title className="mb-4 pr-16 text-xl font-semibold">{title}</Radix.Title>
          {children}
          {/* Last in the document, so that the first field and not the way out gets the focus. */}
          <Radix.Close className={cx(buttonClass('quiet', 'small'), 'absolute right-3 top-5')}>
            关闭
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface InPlaceProps {
  title: string;
  trigger: string;
  isOpen: boolean;
  look: string;
  children: ReactNode;
}

function InPlace({ title, trigger, isOpen, look, children }: InPlaceProps) {
  return (
    <details open={isOpen} className="inline-block max-w-full align-top">
      <summary className={look}>{trigger}</summary>
      <div className="mt-2 max-w-xl rounded-lg border border-line bg-surface-raised p-6 text-ink">
        <p className="mb-4 text-xl font-semibold">{title}</p>
        {children}
      </div>
    </details>
  );
}
