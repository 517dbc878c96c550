import type { ReactNode } from 'react';
import { assertNever } from '#app/platform/result/invariant.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { formatInstant } from '#app/platform/time/day.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ImportRunData } from '../import-pages.ts';
import { ConfirmImportForm } from './confirm-import-form.tsx';
import { ImportProgress } from './import-progress.tsx';
import { countsInWords } from './import-words.ts';
import { IssueTable } from './issue-table.tsx';
import { MappingForm } from './mapping-form.tsx';

export interface ImportRunPageProps {
  readonly data: ImportRunData;
  /** Why the last step was refused; null when none was. */
  readonly error: string | null;
  /** The same file came once more and found its earlier run. */
  readonly isRepeat: boolean;
  /** Where the marked file is fetched. */
  readonly annotatedPath: string;
  readonly indexPath: string;
}

/** One file from upload to result; what stands here follows from its state. The slice adds frame and page head. */
export function ImportRunPage(props: ImportRunPageProps) {
  const { data, error, isRepeat } = props;
  return (
    <div className="space-y-8">
      {isRepeat ? <Callout tone="info" title="这份文件之前上传过，下面是当时的结果，没有重复导入" /> : null}
      {error === null ? null : <ErrorLines error={error} />}
      <StateBody {...props} />
      <RunForms data={data} />
    </div>
  );
}

function ErrorLines({ error }: { error: string }) {
  const lines = error.split('\n');
  return (
    <Callout tone="danger" title={lines.length === 1 ? error : '请改正以下各项'}>
      {lines.length === 1 ? null : (
        <ul className="list-disc pl-5">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Callout>
  );
}

function StateBody(props: ImportRunPageProps) {
  const { run } = props.data;
  switch (run.state) {
    case 'received':
    case 'checking':
    case 'applying':
      return <ImportProgress run={run} />;
    case 'needs_mapping':
      return <NeedsMapping data={props.data} />;
    case 'checked':
      return <Checked {...props} />;
    case 'applied':
      return <Applied {...props} />;
    case 'refused':
      return <Stopped title="这份文件无法读取" {...props} />;
    case 'failed':
      return <Stopped title="处理中断，没有写入任何内容" {...props} />;
    case 'withdrawn':
      return (
        <EmptyState
          title="这份文件已撤回"
          text="上传的内容已删除，没有写入任何内容。"
          action={<LinkButton to={props.indexPath}>重新上传</LinkButton>}
        />
      );
    default:
      return assertNever(run.state);
  }
}

function Stopped({ title, data, indexPath }: ImportRunPageProps & { title: string }) {
  return (
    <Callout tone="danger" title={title} action={<LinkButton to={indexPath}>上传另一份文件</LinkButton>}>
      <p>{data.run.failure?.text}</p>
    </Callout>
  );
}

function NeedsMapping({ data }: { data: ImportRunData }) {
  const fed = new Set(Object.values(data.run.mapping ?? {}));
  const unfed = data.kind.fields
    .filter((field) => field.isRequired && !fed.has(field.id))
    .map(({ label }) => label);
  return (
    <section className="space-y-4">
      <Callout tone="warning" title="有些列没有认准，请对应一次">
        {unfed.length > 0 ? <p>{`还没有哪一列对应必填的：${unfed.join('、')}。`}</p> : null}
        <p>同样表头的文件以后会照此读取，不再询问。</p>
      </Callout>
      <Notes notes={data.run.layout?.notes ?? []} />
      <MappingForm {...data} />
    </section>
  );
}

function Checked(props: ImportRunPageProps) {
  const { data, annotatedPath } = props;
  const { run } = data;
  const hasSomething = run.counts.new + run.counts.change > 0;
  const isTrial = run.mode === 'trial';
  return (
    <>
      {run.failure === null ? null : <Callout tone="warning" title={run.failure.text} />}
      <Figures data={data} />
      <Notes notes={run.layout?.notes ?? []} />
      <div className="space-y-4">
        {hasSomething && !isTrial ? (
          <ConfirmImportForm {...data} />
        ) : (
          <Callout tone="info" title={isTrial ? TRIAL : nothingToWrite(run)} />
        )}
        <AnnotatedLink data={data} annotatedPath={annotatedPath} />
      </div>
      <IssueTable {...data} />
      {data.kind.files === null ? (
        <Columns>
          <MappingForm {...data} />
        </Columns>
      ) : null}
    </>
  );
}

const TRIAL = '这是命令行的试算，没有写入，也不能确认导入';

function nothingToWrite({ counts }: ImportRunData['run']): string {
  return counts.refused === 0
    ? '各行都与系统里的数据一致，不需要导入'
    : '没有可以写入的行：请下载错误说明文件，改正后重新上传';
}

function Applied({ data, annotatedPath }: ImportRunPageProps) {
  const { run, kind } = data;
  const when = run.appliedAt === null ? '' : `${formatInstant(run.appliedAt)} `;
  return (
    <>
      <Callout tone="success" title={`${when}已导入`}>
        <p>{countsInWords(run.counts, kind.rowWord)}。</p>
      </Callout>
      <Figures data={data} />
      <AnnotatedLink data={data} annotatedPath={annotatedPath} />
      <IssueTable {...data} />
    </>
  );
}

function Figures({ data: { run, kind } }: { data: ImportRunData }) {
  const { counts } = run;
  const unit = kind.rowWord;
  return (
    <StatRow>
      <Stat label="新增" value={formatCount(counts.new)} unit={unit} tone="positive" />
      <Stat label="变更" value={formatCount(counts.change)} unit={unit} />
      <Stat label="无变化" value={formatCount(counts.same)} unit={unit} />
      <Stat
        label="退回"
        value={formatCount(counts.refused)}
        unit={unit}
        tone={counts.refused > 0 ? 'danger' : 'neutral'}
        detail={`共 ${formatCount(counts.total)} ${unit}，提醒 ${formatCount(counts.warning)} ${unit}`}
      />
    </StatRow>
  );
}

/** What was left out of the file as a whole. */
function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 pl-5 text-sm text-ink-muted">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

interface AnnotatedLinkProps {
  readonly data: ImportRunData;
  readonly annotatedPath: string;
}

function AnnotatedLink({ data: { run, kind }, annotatedPath }: AnnotatedLinkProps) {
  if (run.counts.refused + run.counts.warning === 0) return null;
  return (
    <LinkButton to={annotatedPath} reloadDocument download>
      {kind.files === null ? '下载原文件（标出错误）' : '下载错误说明（.xlsx）'}
    </LinkButton>
  );
}

function Columns({ children }: { children: ReactNode }) {
  return (
    <details>
      <summary className="cursor-pointer font-semibold text-accent">列的对应关系</summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}

/** Giving a file up, or looking at it once more. */
function RunForms({ data: { run, commandIds } }: { data: ImportRunData }) {
  const mayWithdraw = ['received', 'needs_mapping', 'checked', 'refused', 'failed'].includes(run.state);
  const mayRecheck = run.state === 'failed' || run.state === 'applied';
  if (!mayWithdraw && !mayRecheck) return null;
  return (
    <div className="flex flex-wrap gap-3 border-t border-line pt-4">
      {mayRecheck ? (
        <FormShell id="recheck" commandId={commandIds.recheck} className="inline">
          <SubmitButton tone="secondary" name="intent" value="recheck">
            用这份文件重新核对
          </SubmitButton>
        </FormShell>
      ) : null}
      {mayWithdraw ? (
        <FormShell
          id="withdraw"
          commandId={commandIds.withdraw}
          expectedVersion={run.version}
          className="inline"
        >
          <SubmitButton tone="secondary" name="intent" value="withdraw">
            撤回并删除这份文件
          </SubmitButton>
        </FormShell>
      ) : null}
    </div>
  );
}
