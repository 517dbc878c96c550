import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { INVITE_LABELS } from '../register.schema.ts';
import type { SupervisorsPage } from '../supervisors.server.ts';
import type { ActAnswer } from './act-form.tsx';
import { ActForm } from './act-form.tsx';
import { termText } from './person-registers.tsx';

export interface InvitedSectionProps extends Pick<SupervisorsPage, 'invited' | 'today' | 'mayManage'> {
  readonly commandIds: { readonly invite: string; readonly end: string };
  readonly answer: ActAnswer | null;
}

/** 特邀监督员: people from outside with a term; they see aggregates only, no names. */
export function InvitedSection({ invited, today, mayManage, commandIds, answer }: InvitedSectionProps) {
  return (
    <div className="space-y-8">
      {invited.length === 0 ? (
        <p className="text-ink-muted">现在没有聘期内的特邀监督员。</p>
      ) : (
        <SimpleTable
          caption="特邀监督员"
          hideCaption
          head={['姓名', '身份或单位', '聘请地区', '聘书文号', '聘期', '']}
          rows={invited.map((one) => ({
            key: one.supervisorId,
            cells: [
              one.name,
              one.affiliation,
              one.regionName,
              one.documentNo ?? '–',
              termText(one.validFrom, one.validTo),
              mayManage && one.validFrom < today ? (
                <ConfirmDialog
                  id={`end-${one.supervisorId}`}
                  title="提前结束聘期"
                  trigger="结束聘期"
                  size="small"
                  confirm="自今天起结束"
                  commandId={commandIds.end}
                  hidden={{ intent: 'invited-end', supervisorId: one.supervisorId, day: today }}
                >
                  {one.name} 自 {formatDay(today)} 起不再担任特邀监督员。
                </ConfirmDialog>
              ) : (
                ''
              ),
            ],
          }))}
        />
      )}
      {mayManage ? (
        <div className="max-w-2xl">
          <Card title="聘请特邀监督员">
            <ActForm
              intent="invite"
              commandId={commandIds.invite}
              answer={answer}
              labels={INVITE_LABELS}
              submit="登记聘请"
            >
              {(field) => (
                <>
                  <TextField label={INVITE_LABELS.name} width="medium" required {...field('name')} />
                  <TextField
                    label={INVITE_LABELS.affiliation}
                    required
                    hint="如 人大代表、政协委员、律师、行业协会"
                    {...field('affiliation')}
                  />
                  <TextField label={INVITE_LABELS.documentNo} width="medium" {...field('documentNo')} />
                  <DateField label={INVITE_LABELS.fromDay} required {...field('fromDay')} />
                  <DateField label={INVITE_LABELS.untilDay} required {...field('untilDay')} />
                </>
              )}
            </ActForm>
          </Card>
        </div>
      ) : null}
    </div>
  );
}
