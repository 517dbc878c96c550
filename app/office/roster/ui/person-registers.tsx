import { WORK_MODES, WORK_MODE_LABELS } from '#app/organization/register/reviewer.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { PersonPage } from '../person-view.server.ts';
import { PERSON_ACT_LABELS } from '../register.schema.ts';
import type { ActAnswer } from './act-form.tsx';
import { ActForm } from './act-form.tsx';

export interface RegisterProps {
  readonly page: PersonPage;
  readonly commandIds: Readonly<Record<string, string>>;
  readonly answer: ActAnswer | null;
}

const L = PERSON_ACT_LABELS;

/** `[from, to)` in words, the last day included. */
export function termText(from: string, to: string | null): string {
  return `${formatDay(from)} 至 ${to === null ? '今' : formatDay(addDays(to, -1))}`;
}

/** 法制审核: terms as a reviewer, and appointing. */
export function ReviewerCard({ page, commandIds, answer }: RegisterProps) {
  const { reviews, may, unitId, unitName, today, person, home } = page;
  const runs = (to: string | null): boolean => to === null || to > today;
  return (
    <Card title="法制审核人员">
      {reviews.length === 0 ? (
        <p className="mb-4 text-ink-muted">未登记为法制审核人员。</p>
      ) : (
        <div className="mb-6">
          <SimpleTable
            caption="法制审核登记"
            hideCaption
            head={['审核单位', '专/兼职', '资格证号', '起始年份', '期间', '']}
            rows={reviews.map((term) => ({
              key: term.rowId ?? term.validFrom,
              cells: [
                term.unitName,
                WORK_MODE_LABELS[term.workMode],
                term.qualificationNo ?? '–',
                term.sinceYear === null ? '–' : String(term.sinceYear),
                termText(term.validFrom, term.validTo),
                may.manage && runs(term.validTo) ? (
                  <ConfirmDialog
                    id={`reviewer-end-${term.rowId ?? ''}`}
                    title="结束法制审核登记"
                    trigger="结束"
                    size="small"
                    confirm="自今天起结束"
                    commandId={commandIds['reviewer-end'] ?? ''}
                    hidden={{ intent: 'reviewer-end', unitId: term.unitId, day: today }}
                  >
                    {person.name} 自 {formatDay(today)} 起不再担任 {term.unitName} 的法制审核人员。
                  </ConfirmDialog>
                ) : (
                  ''
                ),
              ],
            }))}
          />
        </div>
      )}
      {may.manage && home !== null ? (
        <ActForm
          intent="reviewer"
          commandId={commandIds.reviewer ?? ''}
          answer={answer}
          labels={L}
          submit="登记为法制审核人员"
          hidden={{ unitId }}
        >
          {(field) => (
            <>
              <p className="text-sm text-ink-muted">审核单位：{unitName}</p>
              <DateField label="起始日期" required {...withDefault(field('fromDay'), today)} />
              <SelectField
                label="专/兼职"
                required
                options={WORK_MODES.map((value) => ({ value, label: WORK_MODE_LABELS[value] }))}
                {...field('workMode')}
              />
              <TextField
                label="法律职业资格证号"
                width="medium"
                hint="初次从事行政处罚决定法制审核的，应当取得法律职业资格（行政处罚法第五十八条）"
                {...field('qualificationNo')}
              />
              <TextField
                label="从事法制审核起始年份"
                width="short"
                inputMode="numeric"
                {...field('sinceYear')}
              />
            </>
          )}
        </ActForm>
      ) : null}
    </Card>
  );
}

function withDefault<T extends { defaultValue: string | undefined }>(field: T, value: string): T {
  return { ...field, defaultValue: field.defaultValue ?? value };
}

/** 监督证: cards of a supervisor, and entering one (the bureau). */
export function SupervisionSection({ page, commandIds, answer }: RegisterProps) {
  const { supervision, may, today, person, home } = page;
  return (
    <Card title="行政执法监督证">
      {supervision.length === 0 ? (
        <p className={may.supervise ? 'mb-4 text-ink-muted' : 'text-ink-muted'}>没有监督证。</p>
      ) : (
        <div className={may.supervise ? 'mb-6' : ''}>
          <SimpleTable
            caption="监督证"
            hideCaption
            head={['监督证号', '有效期', '状态', '']}
            rows={supervision.map((card) => {
              const isValid = card.validFrom <= today && today < card.validTo;
              return {
                key: card.rowId,
                cells: [
                  card.cardNo,
                  termText(card.validFrom, card.validTo),
                  <StateBadge
                    key="state"
                    shape={isValid ? 'solid' : 'hollow'}
                    tone={isValid ? 'positive' : 'neutral'}
                  >
                    {isValid ? '有效' : today < card.validFrom ? '未到期' : '已过有效期'}
                  </StateBadge>,
                  may.supervise && isValid ? (
                    <ConfirmDialog
                      id={`supervision-end-${card.rowId}`}
                      title="结束监督证"
                      trigger="结束"
                      size="small"
                      confirm="自今天起失效"
                      commandId={commandIds['supervision-end'] ?? ''}
                      hidden={{ intent: 'supervision-end', cardNo: card.cardNo, day: today }}
                    >
                      {person.name} 的监督证 {card.cardNo} 自 {formatDay(today)} 起不再有效。
                    </ConfirmDialog>
                  ) : (
                    ''
                  ),
                ],
              };
            })}
          />
        </div>
      )}
      {may.supervise && home !== null ? (
        <ActForm
          intent="supervision"
          commandId={commandIds.supervision ?? ''}
          answer={answer}
          labels={L}
          submit="登记监督证"
        >
          {(field) => (
            <>
              <TextField label="监督证号" width="medium" required {...field('cardNo')} />
              <DateField label="有效期起" required {...field('validFrom')} />
              <DateField label="有效期止" required {...field('validUntil')} />
            </>
          )}
        </ActForm>
      ) : null}
    </Card>
  );
}

/** 荣誉: what the person was praised for, and entering one. */
export function HonourSection({ page, commandIds, answer }: RegisterProps) {
  const { honours, may } = page;
  return (
    <div className="space-y-6">
      {honours.length === 0 ? (
        <p className="text-ink-muted">没有荣誉记录。</p>
      ) : (
        <SimpleTable
          caption="荣誉"
          hideCaption
          head={['授予日期', '荣誉名称', '授予机关', '文号', '']}
          rows={honours.map((honour) => ({
            key: honour.id,
            cells: [
              formatDay(honour.awardedDay),
              honour.title,
              honour.awardedBy,
              honour.documentNo ?? '–',
              may.manage ? (
                <ConfirmDialog
                  id={`honour-withdraw-${honour.id}`}
                  title="撤销荣誉登记"
                  trigger="撤销"
                  size="small"
                  confirm="撤销这条登记"
                  reasonLabel="撤销理由"
                  commandId={commandIds['honour-withdraw'] ?? ''}
                  hidden={{ intent: 'honour-withdraw', honourId: honour.id }}
                >
                  “{honour.title}”将不再显示；登记和撤销都会留存。
                </ConfirmDialog>
              ) : (
                ''
              ),
            ],
          }))}
        />
      )}
      {may.manage ? (
        <Card title="登记荣誉">
          <ActForm
            intent="honour"
            commandId={commandIds.honour ?? ''}
            answer={answer}
            labels={L}
            submit="登记荣誉"
          >
            {(field) => <HonourFields field={field} />}
          </ActForm>
        </Card>
      ) : null}
    </div>
  );
}

export function HonourFields({
  field,
}: {
  field: (name: string) => { name: string; defaultValue: string | undefined; error: string | undefined };
}) {
  return (
    <>
      <TextField label="荣誉名称" required hint="如 全市行政执法先进个人" {...field('title')} />
      <TextField label="授予机关" required {...field('awardedBy')} />
      <DateField label="授予日期" required {...field('awardedDay')} />
      <TextField label="文号" width="medium" {...field('documentNo')} />
    </>
  );
}
