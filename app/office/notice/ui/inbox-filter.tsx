import { Form, Link } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { cx } from '#app/platform/ui/cx.ts';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { carriedParams, changeSearch } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { InboxPage } from '../inbox-view.server.ts';

export interface InboxFilterProps {
  counts: InboxPage['counts'];
  kinds: InboxPage['kinds'];
  unreadOnly: boolean;
  kind: string | null;
  search: string;
}

/** All or only the unread, and of which kind; both stand in the address. */
export function InboxFilter({ counts, kinds, unreadOnly, kind, search }: InboxFilterProps) {
  const choices = [
    { label: '全部', count: counts.all, state: undefined, isCurrent: !unreadOnly },
    { label: '未读', count: counts.unread, state: 'unread', isCurrent: unreadOnly },
  ];
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <nav aria-label="已读状态" className="flex gap-1">
        {choices.map((choice) => (
          <Link
            key={choice.label}
            to={changeSearch(search, { filters: { state: choice.state } })}
            aria-current={choice.isCurrent ? 'true' : undefined}
            className={cx(
              'flex min-h-10 items-center gap-1.5 rounded border px-4',
              choice.isCurrent
                ? 'border-accent bg-accent-soft font-semibold text-accent'
                : 'border-line bg-surface-raised hover:border-accent hover:text-accent',
            )}
          >
            {choice.label}
            <span className="text-sm tabular-nums">{formatCount(choice.count)}</span>
          </Link>
        ))}
      </nav>
      {kinds.length > 1 ? (
        <Form method="get" className="flex items-end gap-2">
          {carriedParams(search, ['f.kind']).map(([name, value]) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
          <SelectField
            key={kind}
            label="类别"
            name="f.kind"
            required
            placeholder={null}
            defaultValue={kind ?? ''}
            options={[
              { value: '', label: '全部类别' },
              ...kinds.map((one) => ({ value: one.kind, label: `${one.label}（${one.count}）` })),
            ]}
          />
          <Button type="submit">筛选</Button>
        </Form>
      ) : null}
    </div>
  );
}
