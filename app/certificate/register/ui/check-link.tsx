import { QrCode } from './qr-code.tsx';

/** The QR of a card with its link in letters: for print, and for who cannot scan. */
export function CheckLink({
  url,
  qr,
  name,
}: {
  url: string;
  qr: { size: number; path: string };
  name: string;
}) {
  return (
    <div className="flex flex-wrap items-start gap-5">
      <QrCode size={qr.size} path={qr.path} label={`${name} 的证件查验二维码`} />
      <div className="min-w-0 flex-1 basis-40">
        <p>扫码或打开链接，查看此证件此刻的登记状态，无需登录。</p>
        <a href={url} className="mt-2 block break-all text-sm text-accent underline underline-offset-4">
          {url}
        </a>
      </div>
    </div>
  );
}
