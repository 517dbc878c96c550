import { Form } from '@remix-run/react';
import type { Day } from '#app/platform/time/day.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { DateInput } from '#app/platform/ui/form/date-field.tsx';
import type { AskedAudit } from '../asked-audit.ts';

/** From which day to which; a GET form, so that the days stand in the URL. */
export function DaysForm({ asked, today }: { asked: AskedAudit; today: Day }) {
  return (
    <Form method="get" className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="f.actor" value={asked.actor} />
      <input type="hidden" name="f.action" value={asked.action} />
      <input type="hidden" name="f.subject" value={asked.subject} />
      <DayInput label="自" name="from" day={asked.fromDay} today={today} />
      <DayInput label="至" name="to" day={asked.toDay} today={today} />
      <Button type="submit">查看</Button>
    </Form>
  );
}

interface DayInputProps {
  label: string;
  name: 'from' | 'to';
  day: Day;
  today: Day;
}

function DayInput({ label, name, day, today }: DayInputProps) {
  const id = `audit-${name}`;
  const unset = { 'aria-describedby': undefined, 'aria-invalid': undefined, 'aria-required': undefined };
  return (
    <>
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <DateInput key={day} control={{ id, name, ...unset }} defaultValue={day} max={today} />
    </>
  );
}
