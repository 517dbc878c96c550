import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatBytes, formatCount } from '#app/platform/ui/text/format.ts';
import type { ClosingView } from '../closing-view.server.ts';
import type { Posted } from '../posted.ts';
import { ClosingActs } from './closing-acts.tsx';
import { ClosingHistory } from './closing-history.tsx';
import { ListTable } from './list-table.tsx';
import { ObjectionList } from './objection-list.tsx';

export interface UnitYearPageProps {
  view: ClosingView;
  documents: readonly DocumentLine[];
  mayDraw: boolean;
  maxBytes: number;
  commandId: string;
  posted: Posted | null;
}

/** Acts first, then what they rest on: changes since the list went up, objections, the list, sheets and history. */
export function UnitYearPage({ view, documents, mayDraw, maxBytes, commandId, posted }: UnitYearPageProps) {
  const open = view.objections.filter((one) => one.outcome === null).length;
  const { closing, rows, changed } = view;
  return (
    <div className="space-y-8">
      <PublishedLine view={view} />
      <ClosingActs
        unitName={view.unit.name}
        year={view.year}
        state={closing?.state ?? null}
        standing={view.standing}
        people={rows.length}
        fallen={changed.fell.length + changed.added.length}
        openObjections={open}
        objectionsUntilDay={closing?.objectionsUntilDay ?? null}
        noticeEnd={view.noticeEnd}
        noticeWorkdays={view.noticeWorkdays}
        may={view.may}
        {...{ mayDraw, maxBytes, commandId, posted }}
      />
      <Changes changed={changed} />
      {view.objections.length > 0 ? (
        <Section id="objections" title={`异议（${formatCount(view.objections.length)} 件）`}>
          <ObjectionList
            objections={view.objections}
            answering={view.may.answer ? { commandId, posted } : null}
          />
        </Section>
      ) : null}
      <Section
        id="list"
        title={`${closing?.state === 'frozen' ? '封账名单' : '学时名单'}（${formatCount(rows.length)} 人）`}
      >
        {rows.length === 0 ? (
          <EmptyState title="没有人员" text={`${view.year}年末没有在册人员，无须公示。`} />
        ) : (
          <div className="rounded-md border border-line bg-surface-raised px-5 py-2">
            <ListTable caption="学时名单" rows={rows} year={view.year} />
          </div>
        )}
      </Section>
      <Sheets view={view} />
      {documents.length > 0 ? (
        <Section id="documents" title="文书">
          <DocumentList documents={documents} />
        </Section>
      ) : null}
      {view.events.length > 0 ? <ClosingHistory events={view.events} /> : null}
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function PublishedLine({ view: { closing, rows } }: { view: ClosingView }) {
  if (closing?.publishedDay == null) return null;
  const way =
    closing.objectionsUntilDay === null
      ? '由本人在名单上签字'
      : `公示至${formatDay(closing.objectionsUntilDay)}`;
  const round = closing.round > 1 ? `（第 ${closing.round} 次）` : '';
  return (
    <p className="tabular-nums">
      {`${formatDay(closing.publishedDay)}公示${round}，${way}；现有 ${formatCount(rows.length)} 人。`}
    </p>
  );
}

function Changes({ changed }: { changed: ClosingView['changed'] }) {
  const lines = [
    ['学时减少', changed.fell],
    ['未列入公示名单', changed.added],
    ['学时增加', changed.rose],
    ['已不在本单位名单', changed.left],
  ] as const;
  const shown = lines.filter(([, names]) => names.length > 0);
  if (shown.length === 0) return null;
  const isBarred = changed.fell.length + changed.added.length > 0;
  return (
    <Callout
      tone={isBarred ? 'warning' : 'info'}
      title={isBarred ? '公示后名单有变动，须重新公示' : '公示后名单有变动，确认时按现数'}
    >
      <ul>
        {shown.map(([label, names]) => (
          <li key={label}>{`${label}：${names.join('、')}`}</li>
        ))}
      </ul>
    </Callout>
  );
}

function Sheets({ view }: { view: ClosingView }) {
  if (view.sheets.length === 0) return null;
  return (
    <Section id="sheets" title="签字表扫描件">
      <ul className="space-y-1">
        {view.sheets.map((sheet) => (
          <li key={sheet.id} className="tabular-nums">
            <TextLink to={`/coordinate/years/sheets/${sheet.id}`} reloadDocument>
              {sheet.fileName}
            </TextLink>
            <span className="ml-3 text-sm text-ink-muted">
              {`${formatBytes(sheet.byteCount)}，${formatInstant(sheet.at)}，第 ${sheet.round} 次名单`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
