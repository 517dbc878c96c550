import { Form } from '@remix-run/react';
import { useEffect } from 'react';
import { Card } from '#app/platform/ui/data/card.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { sheetsPath } from '../../confirmation.ts';

const FIELD = 'scan';

/**
 * Opens the sheet at hand: a hand scanner types its code and presses Enter. The field takes the focus again after each sheet,
 * so that a pile is read without the mouse; what was refused stays to be read and is written over by the next scan, so the
 * form is made anew (`key`) for each.
 */
export function ScanForm({
  sittingId,
  scan = '',
  error,
  isGoingOn,
}: {
  sittingId: string;
  /** What was scanned and refused, and why. */
  scan?: string | undefined;
  error?: string | undefined;
  /** Amid a pile: the field takes the focus. */
  isGoingOn: boolean;
}) {
  const takesFocus = isGoingOn || error !== undefined;
  useEffect(() => {
    const focused = document.activeElement;
    // The browser focused it before the scripts were there.
    if (focused instanceof HTMLInputElement && focused.name === FIELD) focused.select();
  }, []);
  return (
    <Card title="扫码录入">
      <Form
        method="get"
        action={sheetsPath(sittingId)}
        noValidate
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        <TextField
          label="答题卡二维码或准考证号"
          name={FIELD}
          required
          width="medium"
          autoComplete="off"
          inputMode="numeric"
          maxLength={60}
          defaultValue={scan}
          error={error}
          hint="用扫码枪扫答题卡右上角的二维码，或手工输入准考证号后按回车。"
          autoFocus={takesFocus}
          data-arrival={takesFocus ? 'first' : undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        <SubmitButton tone="secondary" isPending={false}>
          打开答题卡
        </SubmitButton>
      </Form>
    </Card>
  );
}
