import { useEffect, useRef } from 'react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { DEVICE_SENTENCES } from '../device-words.ts';
import { judgeDevice, verdictOf } from '../judge-device.ts';
import type { Measurements } from '../measurement.ts';
import { FindingList } from './finding-list.tsx';
import { useDeviceCheck } from './use-device-check.ts';

export interface CheckPanelProps {
  commandId: string;
  probeId: string;
  /** seat as laid out, as a proposal for the form */
  seat: string;
}

/** Measures this machine on request and says what to do; the result is kept with the form below it. */
export function CheckPanel({ commandId, probeId, seat }: CheckPanelProps) {
  const isAlive = useHydrated();
  const check = useDeviceCheck(probeId);
  const { phase, measured } = check;
  return (
    <Card title="检测这台设备">
      {isAlive ? null : (
        <Callout tone="info" title="检测需要浏览器脚本">
          没有脚本的浏览器也可以考试：作答后点“立即保存”，最后点“交卷”。断网期间不能作答，请尽量更换浏览器。
        </Callout>
      )}
      {phase === 'idle' ? (
        <>
          <p className="mb-4 max-w-measure">
            请在考试要用的设备和座位上检测，约需 10 秒。检测不影响报名，不限次数，以最近一次为准。
          </p>
          <Button tone="primary" disabled={!isAlive} onClick={check.start}>
            开始检测
          </Button>
        </>
      ) : (
        <KeyboardTry isTried={check.isKeyboardTried} />
      )}
      <div role="status" className="mt-4 empty:hidden">
        {phase === 'measuring' ? <p>正在检测网络、存储和浏览器，请稍候…</p> : null}
        {measured ? <Verdict measured={measured} /> : null}
      </div>
      {measured ? (
        <FormShell id="device-check" commandId={commandId} className="mt-6 border-t border-line pt-5">
          <input type="hidden" name="measurements" value={JSON.stringify(measured)} />
          <input type="hidden" name="deviceMark" value={check.mark} />
          <TextField
            name="seatLabel"
            label="座位号或设备编号"
            hint="在考场检测时填写，便于监考人员核对"
            width="medium"
            maxLength={20}
            defaultValue={seat}
          />
          <SubmitButton busyText="正在保存…">保存检测结果</SubmitButton>
        </FormShell>
      ) : null}
    </Card>
  );
}

/** Takes the place of the button that began the check, and its focus. */
function KeyboardTry({ isTried }: { isTried: boolean }) {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <p ref={text} tabIndex={-1} className="rounded border border-line-strong px-4 py-3">
      {isTried ? '键盘已检测。' : '请按一次 A 键，再按一次 → 键，检测键盘；用触屏作答的可以不按。'}
    </p>
  );
}

function Verdict({ measured }: { measured: Measurements }) {
  const findings = judgeDevice(measured);
  return (
    <>
      <p className="mb-4 text-lg font-semibold">{DEVICE_SENTENCES[verdictOf(findings)]}</p>
      <FindingList findings={findings} />
    </>
  );
}
