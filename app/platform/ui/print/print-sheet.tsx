import type { ReactNode } from 'react';

export interface PrintSheetProps {
  /** who issues it: `云州市市场监督管理局` */
  unit: string;
  /** formatted day of printing or signing */
  date: string;
  /** under this code the record can be checked */
  verificationCode?: string | undefined;
  /** landscape for wide tables */
  isWide?: boolean | undefined;
  children: ReactNode;
}

/** A record as it leaves the printer: unit and date on top of every page, verification code below. It is a layout
 *  table because only table heads repeat on every page in all browsers of the baseline. */
export function PrintSheet({ unit, date, verificationCode, isWide = false, children }: PrintSheetProps) {
  return (
    <table role="presentation" className={isWide ? 'print-sheet print-wide w-full' : 'print-sheet w-full'}>
      <thead className="hidden print:table-header-group">
        <tr>
          <td className="border-b border-line-strong pb-1 text-sm">
            <span className="flex justify-between gap-6">
              <span>{unit}</span>
              <span className="tabular-nums">{date}</span>
            </span>
          </td>
        </tr>
        {/* Room below the head on every page, not only on the first. */}
        <tr>
          <td className="h-4 p-0" />
        </tr>
      </thead>
      <tbody>
        <tr>
          <td className="p-0">
            {children}
            {verificationCode ? (
              <p className="mt-6 text-sm text-ink-muted">
                查验码 <span className="font-mono text-ink">{verificationCode}</span>
              </p>
            ) : null}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
