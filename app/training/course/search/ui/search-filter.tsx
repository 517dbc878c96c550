import { Form, useSubmit } from '@remix-run/react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import type { Option } from '#app/platform/ui/form/select-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { CATEGORY_LABELS } from '../../../ledger/hours.ts';
import { ACT_KIND_LABELS } from '../../course-words.ts';
import { chosenOf } from '../../ui/chosen.ts';
import type { LessonSearchQuery } from '../lesson-search-query.ts';
import { lessonSearchHref } from '../lesson-search-query.ts';
import type { LessonSearchView } from '../lesson-search-view.server.ts';

export interface SearchFilterProps {
  asked: LessonSearchQuery;
  courses: LessonSearchView['courses'];
  isNarrowed: boolean;
}

/** Narrows the hits; stands in the URL beside the words. */
export function SearchFilter({ asked, courses, isNarrowed }: SearchFilterProps) {
  const submit = useSubmit();
  const isHydrated = useHydrated();
  const kinds = (labels: Readonly<Record<string, string>>): Option[] =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const inCourses = courses.map(({ slug, title, lessons }) => ({
    value: slug,
    label: `${title}（${lessons}）`,
  }));
  return (
    <Form
      method="get"
      aria-label="筛选结果"
      preventScrollReset
      onChange={(event) => submit(chosenOf(event.currentTarget), { preventScrollReset: true, replace: true })}
      className="no-print mb-6 flex flex-wrap items-end gap-3"
    >
      <input type="hidden" name="q" value={asked.q} />
      <Choice name="course" label="课程" value={asked.course} options={inCourses} />
      <Choice name="category" label="类别" value={asked.category} options={kinds(CATEGORY_LABELS)} />
      <Choice name="act" label="执法行为" value={asked.act} options={kinds(ACT_KIND_LABELS)} />
      {isHydrated ? null : (
        <button type="submit" className={buttonClass('secondary')}>
          筛选
        </button>
      )}
      {isNarrowed ? (
        <TextLink
          to={lessonSearchHref(asked, { course: null, category: null, act: null })}
          className="pb-2 text-sm"
        >
          清除筛选
        </TextLink>
      ) : null}
    </Form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string | null;
  options: readonly Option[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label className="min-w-0 max-w-full text-sm">
      <span className="mb-1 block text-ink-muted">{label}</span>
      <select key={value ?? ''} name={name} defaultValue={value ?? ''} className="control max-w-full">
        <option value="">全部</option>
        <Options options={options} />
      </select>
    </label>
  );
}
