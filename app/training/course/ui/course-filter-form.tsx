import { Form, useSubmit } from '@remix-run/react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import type { Option } from '#app/platform/ui/form/select-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import type { CourseFilter } from '../course-filter.ts';
import { ACT_KIND_LABELS, AUDIENCE_LABELS, LEVEL_LABELS } from '../course-words.ts';
import { STANDING_LABELS } from '../standing.ts';
import { chosenOf } from './chosen.ts';

const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

export interface CourseFilterFormProps {
  filter: CourseFilter;
  isFiltered: boolean;
  subjects: readonly string[];
  isLearner: boolean;
}

/** On a phone one row to push aside: what is required this year must stand in the first view. */
const ROW =
  '-mx-4 flex items-end gap-3 overflow-x-auto px-4 pb-1 sm:mx-0 sm:grid sm:grid-cols-3 sm:overflow-visible sm:p-0 lg:grid-cols-6';

/** A GET form: what is chosen stands in the URL. With JavaScript a choice takes effect at once, without it by the button. */
export function CourseFilterForm({ filter, isFiltered, subjects, isLearner }: CourseFilterFormProps) {
  const submit = useSubmit();
  const isHydrated = useHydrated();
  const fields: { name: keyof CourseFilter; label: string; options: Option[] }[] = [
    ...(isLearner
      ? [{ name: 'state' as const, label: '学习状态', options: optionsOf(STANDING_LABELS) }]
      : []),
    { name: 'category', label: '类别', options: optionsOf(CATEGORY_LABELS) },
    { name: 'subject', label: '科目', options: subjects.map((value) => ({ value, label: value })) },
    { name: 'act', label: '执法行为', options: optionsOf(ACT_KIND_LABELS) },
    { name: 'level', label: '层级', options: optionsOf(LEVEL_LABELS) },
    { name: 'audience', label: '对象', options: optionsOf(AUDIENCE_LABELS) },
  ];
  return (
    <Form
      method="get"
      role="search"
      aria-label="筛选课程"
      preventScrollReset
      onChange={(event) => submit(chosenOf(event.currentTarget), { preventScrollReset: true, replace: true })}
      className="no-print mb-6 space-y-3"
    >
      <div className={ROW}>
        {fields.map(({ name, label, options }) => (
          <label key={name} className="min-w-36 shrink-0 text-sm sm:min-w-0">
            <span className="mb-1 block text-ink-muted">{label}</span>
            <select
              key={filter[name] ?? ''}
              name={name}
              defaultValue={filter[name] ?? ''}
              className="control w-full min-w-0"
            >
              <option value="">全部</option>
              <Options options={options} />
            </select>
          </label>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-4 empty:hidden">
        {isHydrated ? null : (
          <button type="submit" className={buttonClass('secondary', 'small')}>
            筛选
          </button>
        )}
        {isFiltered ? (
          <TextLink to="/courses" className="text-sm">
            清除筛选
          </TextLink>
        ) : null}
      </div>
    </Form>
  );
}
