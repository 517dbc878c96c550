import { Form } from '@remix-run/react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { EligibilityCheck } from '../eligibility.ts';

export interface CandidateListProps {
  rows: readonly {
    readonly personId: string;
    readonly name: string;
    readonly unitName: string;
    readonly position: string | null;
    readonly unmet: readonly EligibilityCheck[];
  }[];
  total: number;
  page: number;
  pages: number;
  text: string;
  all: boolean;
}

/** Own people: who may apply, and of everyone else what is missing. */
export function CandidateList({ rows, total, page, pages, text, all }: CandidateListProps) {
  return (
    <>
      <Form method="get" className="mb-6 flex flex-wrap items-end gap-x-4 gap-y-3">
        <TextField label="姓名或拼音" name="q" required width="medium" maxLength={30} defaultValue={text} />
        <CheckboxField label="包括已持证人员" name="all" className="pb-2" defaultChecked={all} />
        <SubmitButton tone="secondary" isPending={false}>
          查找
        </SubmitButton>
      </Form>
      {rows.length === 0 ? (
        <EmptyState
          title={text === '' ? '没有可申领的人员' : '没有找到'}
          text={
            text === ''
              ? '本单位在岗人员均已持证，或尚未录入花名册。'
              : '请核对姓名，或勾选“包括已持证人员”后再查。'
          }
          action={<LinkButton to="/coordinate/roster">查看花名册</LinkButton>}
        />
      ) : (
        <ul
          aria-label="本单位人员"
          className="divide-y divide-line rounded-md border border-line bg-surface-raised"
        >
          {rows.map((row) => (
            <CandidateRow key={row.personId} row={row} />
          ))}
        </ul>
      )}
      {pages > 1 ? <Pages {...{ page, pages, total, text, all }} /> : null}
    </>
  );
}

function CandidateRow({ row }: { row: CandidateListProps['rows'][number] }) {
  const isEligible = row.unmet.length === 0;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 py-4">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{row.name}</span>
          {isEligible ? (
            <StateBadge shape="solid" tone="positive">
              可申领
            </StateBadge>
          ) : (
            <StateBadge shape="hollow" tone="neutral">
              暂不可申领
            </StateBadge>
          )}
        </p>
        <p className="text-sm text-ink-muted">
          {row.unitName}
          {row.position ? ` · ${row.position}` : ''}
        </p>
        {isEligible ? null : (
          <ul className="mt-1 text-sm">
            {row.unmet.map((check) => (
              <li key={check.code}>
                {check.title}：{check.reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      <LinkButton
        size="small"
        tone={isEligible ? 'primary' : 'secondary'}
        to={`?person=${row.personId}`}
        aria-label={isEligible ? `申领：${row.name}` : `查看条件：${row.name}`}
      >
        {isEligible ? '申领' : '查看条件'}
      </LinkButton>
    </li>
  );
}

function Pages(props: Pick<CandidateListProps, 'page' | 'pages' | 'total' | 'text' | 'all'>) {
  const { page, pages, total, text, all } = props;
  const to = (target: number) => {
    const params = new URLSearchParams({ q: text, page: String(target) });
    if (all) params.set('all', 'on');
    return `?${params.toString()}`;
  };
  return (
    <nav aria-label="分页" className="mt-4 flex flex-wrap items-center gap-4">
      {page > 1 ? <LinkButton to={to(page - 1)}>上一页</LinkButton> : null}
      <span className="tabular-nums text-ink-muted">
        第 {page} / {pages} 页，共 {formatCount(total)} 人
      </span>
      {page < pages ? <LinkButton to={to(page + 1)}>下一页</LinkButton> : null}
    </nav>
  );
}
