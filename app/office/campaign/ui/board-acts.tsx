import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { CopyText } from '#app/platform/ui/data/copy-text.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { CampaignState } from '../campaign.ts';
import type { Posted } from '../posted.ts';
import type { ApprovalCardProps } from './approval-form.tsx';
import { ApprovalCard } from './approval-form.tsx';

export interface BoardActsProps {
  commandId: string;
  campaign: {
    readonly version: number;
    readonly state: CampaignState;
    readonly dueDay: string;
    readonly documentNo: string | null;
    readonly approvingOrgan: string | null;
    readonly effectiveDay: string | null;
    readonly announcedDay: string | null;
    readonly announcedIn: string | null;
    readonly regionName: string;
  };
  counts: {
    readonly total: number;
    readonly waiting: number;
    readonly submitted: number;
    readonly returned: number;
    readonly accepted: number;
    readonly toReview: number;
    readonly unchanged: number;
  };
  sameLabel: string;
  approvalEffect: string;
  today: string;
  may: { readonly issue: boolean; readonly review: boolean };
  reminder: string;
  announcement: { readonly label: string; readonly text: string; readonly rows: number } | null;
  posted: Posted | null;
  /** What the units were asked for was called off for good. */
  isCalledOff: boolean;
  offer: ApprovalCardProps['offer'];
}

interface PartProps extends BoardActsProps {
  errorOf: (intent: string, name: string) => string | undefined;
  valueOf: (intent: string, name: string, otherwise: string) => string;
}

const LABELS: Readonly<Record<string, string>> = {
  dueDay: '延期至',
  reason: '理由',
  announcedDay: '公告日期',
  announcedIn: '公告载体',
};

/** What the bureau does with a campaign, in the order of its course: review, remind, extend, approve, announce. */
export function BoardActs(props: BoardActsProps) {
  const { posted, campaign, may } = props;
  const part: PartProps = {
    ...props,
    errorOf: (intent, name) => (posted?.intent === intent ? posted.errors[name] : undefined),
    valueOf: (intent, name, otherwise) =>
      posted?.intent === intent ? (posted.values[name] ?? otherwise) : otherwise,
  };
  const isDecided = campaign.state === 'approved' || campaign.state === 'announced';
  return (
    <div className="no-print grid items-start gap-6 lg:grid-cols-2">
      {may.review && !isDecided ? <ReviewCard {...part} /> : null}
      {campaign.state === 'open' ? <ReminderCard {...part} /> : null}
      {may.issue && !isDecided ? <DeadlineCard {...part} /> : null}
      {may.issue && !isDecided && !props.isCalledOff ? <ApprovalCard {...part} /> : null}
      {may.issue && props.announcement !== null ? <AnnouncementCard {...part} /> : null}
    </div>
  );
}

const summaryOf = (posted: Posted | null, intent: string) =>
  posted?.intent === intent
    ? Object.entries(posted.errors).map(([name, message]) => ({ name, label: LABELS[name] ?? name, message }))
    : [];

function ReviewCard({ counts, sameLabel, commandId }: PartProps) {
  return (
    <Card title="审核">
      <p>
        待审 {formatCount(counts.toReview + counts.unchanged)} 份，其中“{sameLabel}”{' '}
        {formatCount(counts.unchanged)} 份，有变化 {formatCount(counts.toReview)}{' '}
        份。有变化的请在下表逐个审核。
      </p>
      {counts.unchanged > 0 ? (
        <FormShell id="accept" commandId={commandId} className="mt-4">
          <SubmitButton name="intent" value="accept_unchanged" busyText="正在通过…">
            {`通过全部“${sameLabel}”的 ${formatCount(counts.unchanged)} 份`}
          </SubmitButton>
        </FormShell>
      ) : null}
    </Card>
  );
}

function ReminderCard({ counts, commandId, reminder, may }: PartProps) {
  const owing = counts.waiting + counts.returned;
  return (
    <Card title="催报">
      <div className="space-y-4">
        {may.review && owing > 0 ? (
          <FormShell id="remind" commandId={commandId}>
            <SubmitButton name="intent" value="remind" tone="secondary" busyText="正在发送…">
              {`向 ${formatCount(owing)} 个未报单位发送催报通知`}
            </SubmitButton>
          </FormShell>
        ) : null}
        <CopyText label="发到工作群的文字" text={reminder} />
      </div>
    </Card>
  );
}

function DeadlineCard(props: PartProps) {
  const { campaign, commandId, errorOf, valueOf, posted } = props;
  const isOpen = campaign.state === 'open';
  return (
    <Card title={isOpen ? '期限' : '已截止填报'}>
      <div className="space-y-6">
        {isOpen ? (
          <FormShell id="extend" commandId={commandId} className="space-y-4">
            <ErrorSummary errors={summaryOf(posted, 'extend')} />
            <DateField
              label={LABELS.dueDay ?? ''}
              name="dueDay"
              required
              defaultValue={valueOf('extend', 'dueDay', '')}
              error={errorOf('extend', 'dueDay')}
              hint={`现截止${formatDay(campaign.dueDay)}；单个单位延期请到该单位页面办理`}
            />
            <TextField
              label={LABELS.reason ?? ''}
              name="reason"
              required
              defaultValue={valueOf('extend', 'reason', '')}
              error={errorOf('extend', 'reason')}
            />
            <SubmitButton name="intent" value="extend" tone="secondary">
              未报单位全部延期
            </SubmitButton>
          </FormShell>
        ) : null}
        {isOpen ? (
          <FormShell id="close" commandId={commandId} expectedVersion={campaign.version}>
            <SubmitButton name="intent" value="close" tone="secondary">
              截止填报
            </SubmitButton>
          </FormShell>
        ) : (
          <Reopening {...props} />
        )}
      </div>
    </Card>
  );
}

/** 恢复填报, unless nobody is asked for it any more. */
function Reopening({ campaign, commandId, errorOf, valueOf, isCalledOff }: PartProps) {
  if (isCalledOff) return <p>所办事项已取消，不再恢复填报。</p>;
  return (
    <FormShell id="reopen" commandId={commandId} expectedVersion={campaign.version} className="space-y-4">
      <TextField
        label={LABELS.reason ?? ''}
        name="reason"
        required
        error={errorOf('reopen', 'reason')}
        defaultValue={valueOf('reopen', 'reason', '')}
      />
      <SubmitButton name="intent" value="reopen" tone="secondary">
        恢复填报
      </SubmitButton>
    </FormShell>
  );
}

function AnnouncementCard({ campaign, announcement, commandId, errorOf, valueOf, posted, today }: PartProps) {
  if (announcement === null) return null;
  return (
    <Card title={announcement.label} className="lg:col-span-2">
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <CopyText
          label={`公告文字（${formatCount(announcement.rows)} 项）`}
          buttonLabel="复制公告"
          text={announcement.text}
        />
        <div className="space-y-6">
          <FormShell id="draw" commandId={commandId}>
            <SubmitButton name="intent" value="draw" tone="secondary" busyText="正在出具…">
              出具公告文书
            </SubmitButton>
          </FormShell>
          {campaign.state === 'announced' ? (
            <p>
              已于{campaign.announcedDay === null ? '' : formatDay(campaign.announcedDay)}公告
              {campaign.announcedIn === null ? '' : `，见${campaign.announcedIn}`}。
            </p>
          ) : (
            <FormShell
              id="announce"
              commandId={commandId}
              expectedVersion={campaign.version}
              className="space-y-4"
            >
              <ErrorSummary errors={summaryOf(posted, 'announce')} />
              <DateField
                label={LABELS.announcedDay ?? ''}
                name="announcedDay"
                required
                defaultValue={valueOf('announce', 'announcedDay', today)}
                error={errorOf('announce', 'announcedDay')}
              />
              <TextField
                label={LABELS.announcedIn ?? ''}
                name="announcedIn"
                hint="如市政府网站"
                defaultValue={valueOf('announce', 'announcedIn', '')}
                error={errorOf('announce', 'announcedIn')}
              />
              <SubmitButton name="intent" value="announce">
                登记公告
              </SubmitButton>
            </FormShell>
          )}
        </div>
      </div>
    </Card>
  );
}
