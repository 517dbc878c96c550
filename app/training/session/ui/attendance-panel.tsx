import { Form, Link } from '@remix-run/react';
import { cx } from '#app/platform/ui/cx.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import type { TypedMark } from '../mark-form.ts';
import type { BlockView, PersonLine } from '../session-view.server.ts';
import { MarkRow } from './mark-row.tsx';
import type { SessionHead } from './session-facts.tsx';

export interface AttendancePanelProps {
  view: SessionHead;
  panel: { block: BlockView | undefined; people: readonly PersonLine[]; page: number; pages: number };
  commandId: string;
  /** lines of a form that was sent back */
  typed: Readonly<Record<string, TypedMark>> | null;
}

/** Who was there, block by block. */
export function AttendancePanel({ view, panel, commandId, typed }: AttendancePanelProps) {
  const { block, people } = panel;
  if (view.count === 0 || !block)
    return (
      <EmptyState
        title="名册还没有人"
        text="先添加学员，再登记考勤。"
        action={<LinkButton to="?tab=add">添加学员</LinkButton>}
      />
    );
  return (
    <div className="rounded-md border border-line bg-surface-raised">
      <BlockLinks blocks={view.blocks} open={block.id} />
      {block.hasStarted ? (
        <>
          <OthersPresent block={block} commandId={commandId} />
          <FormShell id="marks" commandId={commandId} className="px-5 pb-5">
            <input type="hidden" name="intent" value="mark" />
            <input type="hidden" name="blockId" value={block.id} />
            <ul className="divide-y divide-line">
              {people.map((person) => (
                <MarkRow
                  key={rowKey(block, person)}
                  person={person}
                  block={block}
                  typed={typed?.[person.personId] ?? null}
                />
              ))}
            </ul>
            <SubmitButton busyText="正在登记…">登记本时段考勤</SubmitButton>
          </FormShell>
          <Pages block={block} page={panel.page} pages={panel.pages} />
        </>
      ) : (
        <EmptyState title="该时段尚未开始" text={`${block.when} 开始后可以登记考勤。`} />
      )}
    </div>
  );
}

/** A row begins anew when what is noted changes, by 全部到场 for one: its fields keep themselves and would go on showing
 *  what stood before. */
function rowKey(block: BlockView, person: PersonLine): string {
  return `${block.id} ${person.personId} ${JSON.stringify(person.marks[block.id] ?? null)}`;
}

function BlockLinks({ blocks, open }: { blocks: readonly BlockView[]; open: string }) {
  return (
    <nav aria-label="时段" className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line px-5 py-3 text-sm">
      {blocks.map((block) => (
        <Link
          key={block.id}
          to={`?tab=attendance&block=${block.id}`}
          preventScrollReset
          aria-current={block.id === open ? 'page' : undefined}
          className={cx(
            'tabular-nums',
            block.id === open
              ? 'font-semibold text-accent'
              : 'text-ink-muted underline underline-offset-4 hover:text-ink',
          )}
        >
          {block.when}
          {block.hasStarted
            ? ` · ${block.unmarked > 0 ? `${block.unmarked} 人未登记` : '已登记完'}`
            : ' · 未开始'}
        </Link>
      ))}
    </nav>
  );
}

function OthersPresent({ block, commandId }: { block: BlockView; commandId: string }) {
  if (block.unmarked === 0) return null;
  return (
    <Form method="post" preventScrollReset className="border-b border-line bg-accent-soft px-5 py-3">
      <input type="hidden" name="intent" value="others_present" />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="blockIds" value={block.id} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-sm">先登记缺勤、请假和部分到场的人，其余的一次登记为到场。</p>
        <SubmitButton size="small" tone="secondary" busyText="正在登记…">
          {`全部到场：其余 ${block.unmarked} 人登记为到场`}
        </SubmitButton>
      </div>
    </Form>
  );
}

function Pages({ block, page, pages }: { block: BlockView; page: number; pages: number }) {
  if (pages < 2) return null;
  const to = (target: number): string => `?tab=attendance&block=${block.id}&page=${target}`;
  return (
    <nav aria-label="分页" className="flex items-center gap-6 border-t border-line px-5 py-3 text-sm">
      {page > 1 ? <Link to={to(page - 1)}>上一页</Link> : null}
      <span className="tabular-nums text-ink-muted">{`第 ${page}/${pages} 页，先登记本页再翻页`}</span>
      {page < pages ? <Link to={to(page + 1)}>下一页</Link> : null}
    </nav>
  );
}
