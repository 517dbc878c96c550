import { Link } from '@remix-run/react';
import type { LinkProps } from '@remix-run/react';
import { cx } from '../cx.ts';

const LOOK =
  'text-accent underline decoration-accent/40 underline-offset-4 hover:text-accent-strong hover:decoration-current';

/** A link inside running text, tables and lists: always underlined, never told by colour alone. */
export function TextLink({ className, ...rest }: Omit<LinkProps, 'className'> & { className?: string }) {
  return <Link className={cx(LOOK, className)} {...rest} />;
}
