import { Callout } from '#app/platform/ui/feedback/callout.tsx';

export interface IssuedLinkProps {
  /** Name and login of the receiver. */
  displayName: string;
  login: string;
  /** The whole address, to be typed or clicked. */
  address: string;
}

/** The one-time link, shown this once: to be printed and handed to its person, or copied. */
export function IssuedLinkNote({ displayName, login, address }: IssuedLinkProps) {
  return (
    <div role="status">
      <Callout tone="success" title={`${displayName}（账号 ${login}）的启用链接`}>
        <p className="break-all font-mono text-base">{address}</p>
        <p className="mt-2 text-sm text-ink-muted">
          请打印本页或复制链接，当面或以可靠方式交给本人。链接七日内有效，只能使用一次；离开本页后不再显示，遗失请重新发放。
        </p>
      </Callout>
    </div>
  );
}
