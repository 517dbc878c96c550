import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { DeliveriesPage } from '../delivery/deliveries-view.server.ts';

/** One failed message, once more. */
export function ResendOne({ deliveryId, commandId }: { deliveryId: string; commandId: string }) {
  return (
    <FormShell id={`resend-${deliveryId}`} commandId={commandId} className="space-y-0">
      <input type="hidden" name="intent" value="one" />
      <input type="hidden" name="deliveryId" value={deliveryId} />
      <SubmitButton tone="secondary" size="small" busyText="正在排队…">
        再次投递
      </SubmitButton>
    </FormShell>
  );
}

/** All that failed of one day: after a mail server was down, say. */
export function ResendDay({ days, commandId }: { days: DeliveriesPage['failedDays']; commandId: string }) {
  if (days.length === 0) return null;
  return (
    <Card title="再次投递失败的通知">
      <FormShell id="resend-day" commandId={commandId} className="space-y-0">
        <input type="hidden" name="intent" value="day" />
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label="生成日期"
            name="day"
            required
            placeholder={null}
            className="min-w-0 basis-72"
            options={days.map(({ day, count }) => ({
              value: day,
              label: `${formatDay(day)}，失败 ${count} 封`,
            }))}
          />
          <SubmitButton busyText="正在排队…">当日失败的全部再次投递</SubmitButton>
        </div>
      </FormShell>
    </Card>
  );
}
