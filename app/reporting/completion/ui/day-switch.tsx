import { Form } from '@remix-run/react';
import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { DateInput } from '#app/platform/ui/form/date-field.tsx';
import { scopeSearch } from '../asked.ts';
import type { Place } from '../drill.ts';
import { lastDayOfYear } from '../figures.ts';

const YEARS_OFFERED = 4;

export interface DaySwitchProps {
  readonly place: Place;
  readonly day: Day;
  readonly today: Day;
  readonly firstYear: number;
}

/** As of which day: typed, picked, or the end of a past year. A GET form, so the day stands in the URL. */
export function DaySwitch({ place, day, today, firstYear }: DaySwitchProps) {
  const thisYear = yearOf(today);
  const years = Array.from({ length: YEARS_OFFERED }, (_, index) => thisYear - index).filter(
    (year) => year >= firstYear,
  );
  return (
    <div>
      {/* On a phone label, day and button share one line, and the reading of the day stands below the day. */}
      <Form
        method="get"
        className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-2 sm:flex sm:flex-wrap sm:items-center"
      >
        {place.regionId ? <input type="hidden" name="region" value={place.regionId} /> : null}
        {place.isOwnLevel ? <input type="hidden" name="level" value="own" /> : null}
        {place.unitId ? <input type="hidden" name="unit" value={place.unitId} /> : null}
        <label htmlFor="completion-day" className="pt-2 text-sm sm:pt-0">
          截至
        </label>
        <DateInput
          key={day}
          control={{
            id: 'completion-day',
            name: 'day',
            'aria-describedby': undefined,
            'aria-invalid': undefined,
            'aria-required': undefined,
          }}
          defaultValue={day}
          max={today}
        />
        <button type="submit" className={buttonClass('secondary')}>
          查看
        </button>
      </Form>
      {years.length > 1 ? (
        <p className="mt-2 flex flex-wrap gap-x-4 text-sm">
          {years.map((year) => {
            const end = lastDayOfYear(year, today);
            const label = end === today ? '今天' : `${year}年末`;
            return end === day ? (
              <span key={year} aria-current="true" className="font-semibold">
                {label}
              </span>
            ) : (
              <TextLink key={year} to={`/supervise/completion${scopeSearch(place, end, today)}`}>
                {label}
              </TextLink>
            );
          })}
        </p>
      ) : null}
    </div>
  );
}
