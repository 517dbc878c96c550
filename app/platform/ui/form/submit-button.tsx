import { useNavigation } from '@remix-run/react';
import type { ButtonHTMLAttributes } from 'react';
import { cx } from '../cx.ts';
import { buttonClass } from '../data/button-class.ts';
import type { ButtonSize, ButtonTone } from '../data/button-class.ts';
import { useFormContext } from './form-context.ts';
import { useUnanswered } from './unanswered.ts';

export interface SubmitButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'type' | 'disabled'
> {
  tone?: Exclude<ButtonTone, 'quiet'> | undefined;
  size?: ButtonSize | undefined;
  /** said while the form is on its way: `正在提交…` */
  busyText?: string | undefined;
  /** for forms sent by a fetcher, which knows best */
  isPending?: boolean | undefined;
}

/** Sends its form once. While sending it keeps the focus and its width, and does nothing. Inside a `FormShell`
 *  it watches that form; elsewhere any submission of the page. */
export function SubmitButton({
  tone = 'primary',
  size,
  busyText,
  isPending,
  className,
  ...rest
}: SubmitButtonProps) {
  const form = useFormContext();
  const navigation = useNavigation();
  const isUnanswered = useUnanswered();
  const isBusy = (isPending ?? form?.isPending ?? navigation.state === 'submitting') && !isUnanswered;
  return (
    <button
      {...rest}
      type="submit"
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else rest.onClick?.(event);
      }}
      className={cx(buttonClass(tone, size), isBusy && 'opacity-70', className)}
    >
      {isBusy ? (busyText ?? '正在提交…') : rest.children}
    </button>
  );
}
