import { TARGET_STATE_LABELS } from '#app/office/campaign/campaign.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { UnitPart } from '../registration/unit-people-view.server.ts';

interface HandInCardProps {
  readonly parts: readonly UnitPart[];
  readonly preparer: string;
  /** What was typed before a list was refused, with the `unitId` it was of. */
  readonly typed: Readonly<Record<string, string>>;
  /** One for each part. */
  readonly commandIds: readonly string[];
}

/** 报送名单: each asked unit hands its list in, also when nobody registers. */
export function HandInCard({ parts, preparer, typed, commandIds }: HandInCardProps) {
  if (parts.length === 0) return null;
  return (
    <Card title="报送名单">
      <ul className="grid gap-6">
        {parts.map((part, index) => {
          const isDone = part.state === 'accepted';
          const isNobody = part.registered === 0;
          const own = typed.unitId === part.unitId ? typed : {};
          return (
            <li key={part.unitId}>
              <p className="mb-2">
                <span className="font-semibold">{part.unitName}</span>
                {`：${TARGET_STATE_LABELS[part.state]}，已报名 ${formatCount(part.registered)} 人，${formatDay(part.dueDay)}前报送`}
              </p>
              {isDone ? null : (
                <FormShell
                  id={`hand-in-${index}`}
                  commandId={commandIds[index] ?? ''}
                  expectedVersion={part.version}
                  className="space-y-0"
                >
                  <input type="hidden" name="intent" value="hand_in" />
                  <input type="hidden" name="unitId" value={part.unitId} />
                  <input type="hidden" name="mode" value={isNobody ? 'same' : 'filled_in'} />
                  <div className="flex flex-wrap items-end gap-3">
                    <TextField
                      label="填表人"
                      name="preparer"
                      width="short"
                      required
                      defaultValue={own.preparer ?? preparer}
                    />
                    <TextField
                      label="联系电话"
                      name="phone"
                      width="short"
                      inputMode="tel"
                      defaultValue={own.phone ?? ''}
                    />
                    <SubmitButton tone="secondary" busyText="正在报送…">
                      {isNobody
                        ? '报送：无人报名'
                        : `${part.state === 'submitted' ? '重新报送' : '报送'} ${part.registered} 人名单`}
                    </SubmitButton>
                  </div>
                </FormShell>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
