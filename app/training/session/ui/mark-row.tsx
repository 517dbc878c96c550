import { useState } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { TypedMark } from '../mark-form.ts';
import type { BlockView, MarkView, PersonLine } from '../session-view.server.ts';

const CHOICES = [
  { value: '', label: '未登记' },
  { value: 'present', label: '到场' },
  { value: 'part', label: '部分到场' },
  { value: 'absent', label: '缺勤' },
  { value: 'leave', label: '请假' },
] as const;

/** What stands in the fields: what was typed, else what is noted. */
function valuesOf(mark: MarkView | undefined, typed: TypedMark | null): TypedMark {
  if (typed) return typed;
  if (!mark) return { standing: '', from: '', to: '', reason: '' };
  const isPart = mark.standing === 'present' && mark.from !== null;
  return {
    standing: isPart ? 'part' : mark.standing,
    from: mark.from ?? '',
    to: mark.to ?? '',
    reason: mark.reason ?? '',
  };
}

export interface MarkRowProps {
  person: PersonLine;
  block: BlockView;
  typed: TypedMark | null;
}

/** One person's attendance in one block. Times and reason appear where they are needed; without JavaScript all stand. */
export function MarkRow({ person, block, typed }: MarkRowProps) {
  const values = valuesOf(person.marks[block.id], typed);
  const [standing, setStanding] = useState(values.standing);
  const isHydrated = useHydrated();
  const name = (field: keyof TypedMark): string => `mark.${person.personId}.${field}`;
  const label = (field: string): string => `${person.name}，${field}`;
  return (
    <li className="grid grid-cols-1 items-center gap-x-6 gap-y-2 py-3 md:grid-cols-[minmax(0,1fr)_9rem_minmax(0,22rem)]">
      <p className="min-w-0">
        <span className="font-medium">{person.name}</span>
        <span className="ml-3 text-sm text-ink-muted">{person.unitName}</span>
      </p>
      <select
        name={name('standing')}
        aria-label={label('考勤')}
        defaultValue={values.standing}
        onChange={(event) => setStanding(event.currentTarget.value)}
        className="control control-small"
      >
        <Options options={CHOICES} />
      </select>
      <div className="flex flex-wrap items-center gap-2 md:min-h-8">
        <span className={cx('flex items-center gap-2', isHydrated && standing !== 'part' && 'hidden')}>
          <Time name={name('from')} label={label('到场时间')} value={values.from} />
          <span aria-hidden="true">–</span>
          <Time name={name('to')} label={label('离场时间')} value={values.to} />
        </span>
        <input
          name={name('reason')}
          aria-label={label('请假事由')}
          placeholder="请假事由"
          maxLength={100}
          defaultValue={values.reason}
          className={cx(
            'control control-small min-w-40 flex-1',
            isHydrated && standing !== 'leave' && 'hidden',
          )}
        />
      </div>
    </li>
  );
}

function Time({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      type="time"
      name={name}
      aria-label={label}
      defaultValue={value}
      className="control control-small w-28"
    />
  );
}
