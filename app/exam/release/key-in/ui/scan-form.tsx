import { Form } from '@remix-run/react';
import { Card } from '#app/platform/ui/data/card.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { sheetsPath } from '../../confirmation.ts';

/**
 * Opens the sheet at hand: a hand scanner types its code and presses Enter. The field takes the focus again after each sheet,
 * so that a pile is read without the mouse.
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
  return (
    <Card title="扫码录入">
      <Form
        method="get"
        action={sheetsPath(sittingId)}
        noValidate
        className="flex flex-wrap items-start gap-x-4 gap-y-3"
      >
        <TextField
          key={error ?? ''}
          label="答题卡二维码或准考证号"
          name="scan"
          required
          width="medium"
          autoComplete="off"
          inputMode="numeric"
          maxLength={60}
          defaultValue={scan}
          error={error}
          hint="用扫码枪扫答题卡右上角的二维码，或手工输入准考证号后按回车。"
          autoFocus={isGoingOn || error !== undefined}
          onFocus={(event) => {
            // What was refused is written over by the next scan.
            event.currentTarget.select();
          }}
        />
        <SubmitButton tone="secondary" isPending={false} className="sm:mt-7">
          打开答题卡
        </SubmitButton>
      </Form>
    </Card>
  );
}
