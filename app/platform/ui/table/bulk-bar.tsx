import { Form, useLocation, useNavigation } from '@remix-run/react';
import { cx } from '../cx.ts';
import { buttonClass } from '../data/button-class.ts';
import { useHydrated } from '../hydrated.ts';
import { formatCount } from '../text/format.ts';
import type { Bulk, BulkAction } from './column.ts';

export interface BulkBarProps {
  bulk: Bulk;
  formId: string;
  /** ticked rows of this page */
  count: number;
  /** rows over all pages whom the act concerns */
  matching: number;
  isMatchingOffered: boolean;
  /** never true while it is not offered */
  isMatching: boolean;
  onMatchingChange: (isMatching: boolean) => void;
}

/** Says how many are chosen and what each button will do to them. It stands from the beginning, so that nothing
 *  moves when the first row is ticked, and works without JavaScript, only without the count. */
export function BulkBar(props: BulkBarProps) {
  const { bulk, formId, count, matching, isMatchingOffered, isMatching, onMatchingChange } = props;
  const isHydrated = useHydrated();
  const { search } = useLocation();
  const navigation = useNavigation();
  const isPending = navigation.formData?.get('commandId') === bulk.commandId;
  const affected = isMatching ? matching : count;
  const isIdle = isPending || (isHydrated && affected === 0);
  return (
    <Form
      id={formId}
      method="post"
      {...(bulk.action === undefined ? {} : { action: bulk.action })}
      onSubmit={(event) => {
        if (isIdle) event.preventDefault();
      }}
      className="no-print flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-accent-soft px-4 py-2 text-sm"
    >
      <input type="hidden" name="commandId" value={bulk.commandId} />
      <input type="hidden" name="query" value={search} />
      {Object.entries(bulk.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p role="status" className="min-h-6 font-semibold leading-6 tabular-nums">
        {affected > 0 ? `已选 ${formatCount(affected)} 条` : '勾选各行后批量办理'}
      </p>
      {isMatchingOffered ? (
        <label className="flex cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            name="scope"
            value="matching"
            className="tick"
            checked={isMatching}
            onChange={(event) => onMatchingChange(event.currentTarget.checked)}
          />
          包括其他各页，共 {formatCount(matching)} 条
        </label>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 lg:ml-auto">
        {bulk.actions.map((action) => (
          <BulkButton key={action.intent} action={action} count={affected} isIdle={isIdle} />
        ))}
      </div>
    </Form>
  );
}

function BulkButton({ action, count, isIdle }: { action: BulkAction; count: number; isIdle: boolean }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="tabular-nums text-ink-muted">{count > 0 ? action.consequence(count) : ''}</span>
      <button
        type="submit"
        name="intent"
        value={action.intent}
        aria-disabled={isIdle || undefined}
        className={cx(buttonClass(action.tone ?? 'secondary', 'small'), isIdle && 'opacity-60')}
      >
        {action.text}
      </button>
    </span>
  );
}
