import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount, formatHours, formatHoursFigure, formatPercent } from '#app/platform/ui/text/format.ts';
import type { CloseRefusal } from '../credits.ts';
import type { SealedNote } from '../sealed-view.server.ts';
import type { PersonLine } from '../session-view.server.ts';
import { AttendanceBadge } from './attendance-words.tsx';
import type { SessionHead } from './session-facts.tsx';

export interface ClosePanelProps {
  view: SessionHead;
  people: readonly PersonLine[];
  commandId: string;
}

const sumOf = (people: readonly PersonLine[]): number =>
  people.reduce((sum, person) => sum + (person.credit?.creditSeconds ?? 0), 0);

/** What closing will credit, person by person, before the button; afterwards the same as a record. */
export function ClosePanel({ view, people, commandId }: ClosePanelProps) {
  const isClosed = view.session.status === 'closed';
  const credited = people.filter((person) => (person.credit?.creditSeconds ?? 0) > 0).length;
  return (
    <div className="space-y-6">
      {isClosed ? (
        <Callout tone="success" title="本班已结班，学时已记入各人台账">
          <p>{`${formatCount(credited)} 人计入学时，合计 ${formatHours(sumOf(people))}。考勤不再更改，如有差错按更正程序办理，原记录和更正记录都会保留。`}</p>
        </Callout>
      ) : (
        <Decision view={view} people={people} credited={credited} commandId={commandId} />
      )}
      {people.length > 0 && view.closeRefusal === null ? (
        <Preview people={people} isClosed={isClosed} minimumPercent={view.minimumPercent} />
      ) : null}
    </div>
  );
}

function Decision({ view, people, credited, commandId }: ClosePanelProps & { credited: number }) {
  const { closeRefusal, sealedNote } = view;
  if (closeRefusal) return <NotYet code={closeRefusal.code} unmarked={view.unmarked} />;
  if (!view.may.close) return null;
  if (sealedNote !== null && sealedNote.needs !== null)
    return <SealedYear note={sealedNote} commandId={commandId} />;
  return (
    <div className="rounded-md border border-line-strong bg-surface-raised p-5">
      <p className="text-lg font-semibold">
        {`将为 ${formatCount(credited)} 人计入学时，合计 ${formatHours(sumOf(people))}`}
      </p>
      <p className="mt-1 max-w-measure text-ink-muted">
        {`名册 ${formatCount(people.length)} 人，逐人明细如下。结班后考勤不再更改；上课期间的网络学习时间不重复计算，已计入的自动冲销。`}
      </p>
      {sealedNote ? (
        <p className="mt-2 max-w-measure">
          {`其中${sealedNote.names}的 ${sealedNote.years} 年度学时已封账，计入的学时作为封账后的调整列示，封账数字不变。`}
        </p>
      ) : null}
      <FormShell id="close" commandId={commandId} expectedVersion={view.session.version} className="mt-4">
        <input type="hidden" name="intent" value="close" />
        <SubmitButton busyText="正在结班…">{`结班，为 ${formatCount(credited)} 人计入学时`}</SubmitButton>
      </FormShell>
    </div>
  );
}

/** Closing would write into a sealed year: whose, and what to do next. */
function SealedYear({ note, commandId }: { note: SealedNote; commandId: string }) {
  const { names, years, needs } = note;
  if (needs === 'another')
    return (
      <Callout tone="warning" title={`${names}的 ${years} 年度学时已封账`}>
        <p>考勤由您登记或学时属您本人，请由司法局另一名人员核对后结班。</p>
      </Callout>
    );
  return (
    <Callout
      tone="warning"
      title={`${names}的 ${years} 年度学时已封账，须由司法局结班`}
      action={
        <FormShell id="ask-bureau" commandId={commandId}>
          <input type="hidden" name="intent" value="ask_bureau" />
          <SubmitButton busyText="正在提请…">提请司法局结班</SubmitButton>
        </FormShell>
      }
    >
      <p>司法局核对考勤后结班，全班学时一并计入；已封账人员的学时作为封账后的调整列示，封账数字不变。</p>
    </Callout>
  );
}

function NotYet({ code, unmarked }: { code: CloseRefusal; unmarked: number }) {
  switch (code) {
    case 'SESSION_NOT_OVER':
      return (
        <Callout tone="info" title="本班尚未结束">
          <p>最后一个时段结束后，登记完考勤即可结班。</p>
        </Callout>
      );
    case 'NOBODY_ENROLLED':
      return (
        <Callout tone="info" title="名册还没有人" action={<LinkButton to="?tab=add">添加学员</LinkButton>}>
          <p>先添加学员并登记考勤，再结班。</p>
        </Callout>
      );
    case 'ATTENDANCE_INCOMPLETE':
      return (
        <Callout
          tone="warning"
          title={`还有 ${formatCount(unmarked)} 人的考勤没有登记`}
          action={<LinkButton to="?tab=attendance">去登记考勤</LinkButton>}
        >
          <p>每人每个时段都登记后，才能看到将计入的学时并结班。</p>
        </Callout>
      );
    case 'SESSION_CANCELLED':
    case 'SESSION_ALREADY_CLOSED':
      return null;
  }
}

interface PreviewProps {
  people: readonly PersonLine[];
  isClosed: boolean;
  minimumPercent: number;
}

function Preview({ people, isClosed, minimumPercent }: PreviewProps) {
  return (
    <div className="rounded-md border border-line bg-surface-raised px-5 py-3">
      <SimpleTable
        caption={isClosed ? '已计入的学时' : '将计入的学时'}
        head={[
          '姓名、单位',
          { label: isClosed ? '计入' : '将计入', unit: '学时', align: 'end' },
          { label: '到课', unit: '分钟', align: 'end' },
          '出勤',
        ]}
        rows={people.map((person) => ({
          key: person.personId,
          cells: [
            <span key="name">
              {person.name}
              <span className="block text-ink-muted">{person.unitName}</span>
            </span>,
            formatHoursFigure(person.credit?.creditSeconds ?? 0),
            formatCount(Math.floor((person.credit?.presentSeconds ?? 0) / 60)),
            <span key="state">
              <AttendanceBadge state={person.state} />
              {person.credit?.isBelowMinimum ? (
                <span className="block text-ink-muted">{`出勤不足 ${minimumPercent}%，不计学时`}</span>
              ) : null}
            </span>,
          ],
        }))}
        foot={['合计', formatHoursFigure(sumOf(people)), '', shareText(people)]}
      />
    </div>
  );
}

function shareText(people: readonly PersonLine[]): string {
  const attended = people.filter((person) => person.state === 'attended').length;
  return `全程到场 ${formatPercent(attended, people.length)}`;
}
