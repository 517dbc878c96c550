import { formatDay } from '#app/platform/time/day.ts';
import { cx } from '#app/platform/ui/cx.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatHours, formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { KIND_LABELS } from '../../ledger/basis-text.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import { OffPostTag } from '../../ledger/ui/off-post-tag.tsx';
import { RequiredList } from '../../ledger/ui/required-list.tsx';
import { TargetTable } from '../../ledger/ui/target-table.tsx';
import { ConclusionBadge, missingText } from '../../ledger/ui/year-overview.tsx';
import { convertedText } from '../entry-steps.ts';
import type { WhyCategory, WhyEntry, WhyRule, WhyView } from '../why-view.server.ts';

/** Each figure of a year down to its entries and clauses, in the order in which one is made from the other. */
export function WhySections({ view }: { view: WhyView }) {
  return (
    <div className="space-y-8">
      <Card title="年度结论" action={<ConclusionBadge conclusion={view.conclusion} />}>
        <p>{missingText(view)}</p>
        <p className="mt-2 text-sm text-ink-muted">
          {`达标须年度学时达到目标，并且学完当年在效的必修课程。统计到${formatDay(view.day)}。`}
        </p>
      </Card>
      <section aria-label="目标">
        <h2 className="mb-2 text-lg font-semibold">目标是怎样定的</h2>
        <div className="rounded-md border border-line bg-surface-raised px-5 py-2">
          <TargetTable targets={view.targets} />
        </div>
      </section>
      {view.required.length === 0 ? null : (
        <section aria-label="必修课程">
          <h2 className="mb-2 text-lg font-semibold">必修课程</h2>
          <RequiredList required={view.required} />
        </section>
      )}
      <section aria-label="学时">
        <h2 className="mb-2 text-lg font-semibold">学时是怎样算的</h2>
        <p className="mb-3 text-sm text-ink-muted">
          {`各条先按秒相加，合计后折算一次，舍去 0.01 学时以下部分：${convertedText(view.totalSeconds)}。`}
        </p>
        <div className="space-y-6">
          {view.categories.map((one) => (
            <CategorySection key={one.category} category={one} />
          ))}
        </div>
      </section>
      {view.forecast === null ? null : (
        <section aria-label="年底预计">
          <h2 className="mb-2 text-lg font-semibold">年底预计</h2>
          <p>
            {`已有 ${formatHours(Math.max(view.totalSeconds, 0))}，自学按今年以来的日均进度再增 ${formatHours(view.forecast.paceSeconds)}，已报名的培训班全勤可计 ${formatHours(view.forecast.plannedSeconds)}，合计 ${formatHours(view.forecast.totalSeconds)}。`}
          </p>
          <p className="mt-1 text-sm text-ink-muted">预计只供安排学习参考，不作为考核依据。</p>
        </section>
      )}
      <RuleTable rules={view.rules} />
    </div>
  );
}

function CategorySection({ category }: { category: WhyCategory }) {
  const { seconds, entries } = category;
  return (
    <div>
      <h3 className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line-strong pb-1">
        <span className="font-semibold">{CATEGORY_LABELS[category.category]}</span>
        <span className="text-sm tabular-nums">{convertedText(seconds)}</span>
      </h3>
      {entries.length === 0 ? (
        <p className="py-2 text-sm text-ink-muted">本年没有这一类学时。</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <EntryItem key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </div>
  );
}

function EntryItem({ entry }: { entry: WhyEntry }) {
  const title = entry.kind === 'reversal' ? `冲销：${entry.title}` : entry.title;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-6 py-2">
      <p className="min-w-0 font-medium">
        {entry.href === null ? title : <TextLink to={entry.href}>{title}</TextLink>}
        {entry.isOffPost ? <OffPostTag /> : null}
        <span className="block text-sm font-normal text-ink-muted sm:ml-3 sm:inline">
          {`${formatDay(entry.day)} · ${KIND_LABELS[entry.kind]}${entry.isReversed ? ' · 已冲销' : ''}`}
        </span>
      </p>
      <p className={cx('tabular-nums', entry.isReversed && 'text-ink-muted line-through')}>
        {formatHoursFigure(entry.creditSeconds)}
      </p>
      <ul className="col-span-2 text-sm text-ink-muted">
        {entry.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </li>
  );
}

function RuleTable({ rules }: { rules: readonly WhyRule[] }) {
  return (
    <section aria-label="依据">
      <h2 className="mb-2 text-lg font-semibold">依据</h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
        {rules.map((rule) => (
          <li key={rule.key} className="px-5 py-2">
            <p className="flex flex-wrap justify-between gap-x-6">
              <span>{rule.label}</span>
              <span className="tabular-nums">{rule.value}</span>
            </p>
            <p className="text-sm text-ink-muted">
              {`${rule.basisLabel}：${rule.source}${rule.isLapsed ? '（依据已到期，以本级通知为准）' : ''}`}
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-muted">
        全部规则见<TextLink to="/bureau/rules">规则</TextLink>。
      </p>
    </section>
  );
}
