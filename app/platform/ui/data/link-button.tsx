import { Link } from '@remix-run/react';
import type { LinkProps } from '@remix-run/react';
import { cx } from '../cx.ts';
import { buttonClass } from './button-class.ts';
import type { ButtonSize, ButtonTone } from './button-class.ts';

export interface LinkButtonProps extends Omit<LinkProps, 'className'> {
  tone?: ButtonTone | undefined;
  size?: ButtonSize | undefined;
  className?: string | undefined;
}

/** A link that looks like a button: the next step of a page. Files to download need `reloadDocument`. */
export function LinkButton({ tone = 'secondary', size = 'medium', className, ...rest }: LinkButtonProps) {
  return <Link className={cx(buttonClass(tone, size), className)} {...rest} />;
}
