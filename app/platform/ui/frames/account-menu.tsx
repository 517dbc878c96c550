import { Form, Link } from '@remix-run/react';
import { Disclosure } from '../data/disclosure.tsx';
import { forgetPages } from './forget-pages.ts';
import type { FrameUser } from './frame-user.ts';
import { PreferenceForms } from './preference-forms.tsx';

const ITEM = 'block w-full px-4 py-2 text-left text-sm text-ink hover:bg-surface-sunken';

/** Who is signed in, how pages are shown, and the way out. */
export function AccountMenu({ user }: { user: FrameUser }) {
  return (
    <Disclosure
      summary={
        <>
          <span className="max-w-24 truncate">{user.displayName}</span>
          <Chevron />
        </>
      }
      summaryClassName="flex h-10 items-center gap-1.5 rounded px-2 text-sm text-on-masthead hover:bg-on-masthead/10"
    >
      <div className="border-b border-line px-4 py-3">
        <p className="font-semibold">{user.displayName}</p>
        <p className="text-sm text-ink-muted">{user.roleLabel}</p>
        {user.unitName ? <p className="text-sm text-ink-muted">{user.unitName}</p> : null}
      </div>
      {user.links.length > 0 ? (
        <div className="border-b border-line py-1">
          {user.links.map((link) => (
            <Link key={link.to} to={link.to} className={ITEM}>
              {link.label}
            </Link>
          ))}
        </div>
      ) : null}
      <div className="border-b border-line px-4 py-3">
        <PreferenceForms theme={user.theme} elder={user.elder} />
      </div>
      <Form method="post" action="/logout" className="py-1" onSubmit={() => void forgetPages()}>
        <button type="submit" className={ITEM}>
          退出登录
        </button>
      </Form>
    </Disclosure>
  );
}

function Chevron() {
  return (
    <svg viewBox="0 0 10 6" aria-hidden="true" className="h-1.5 w-2.5" fill="none" stroke="currentColor">
      <path d="M1 1l4 4 4-4" strokeWidth="1.5" />
    </svg>
  );
}
