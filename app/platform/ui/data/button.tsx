import { forwardRef } from 'react';
import type { ButtonHTMLAttributes } from 'react';
import { cx } from '../cx.ts';
import { buttonClass } from './button-class.ts';
import type { ButtonSize, ButtonTone } from './button-class.ts';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: ButtonTone | undefined;
  size?: ButtonSize | undefined;
}

/** A button that does something on this page. What leads elsewhere is a `LinkButton`, what submits a form a
 *  `SubmitButton`. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { tone = 'secondary', size = 'medium', className, type = 'button', ...rest },
  ref,
) {
  return <button ref={ref} type={type} className={cx(buttonClass(tone, size), className)} {...rest} />;
});
