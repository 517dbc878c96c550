import { Form } from '@remix-run/react';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { IncidentRow } from '../incident.store.server.ts';
import { INCIDENT_CODE_LIST } from '../incident.ts';
import type { ListedVoid } from '../void.store.server.ts';
import { VOID_GROUNDS, VOID_GROUND_LABELS, VOID_STATE_LABELS } from '../void.ts';

interface VoidCardProps {
  readonly attemptId: string;
  readonly isVoid: boolean;
  readonly voids: readonly ListedVoid[];
  readonly incidents: readonly IncidentRow[];
  readonly commandId: string;
  readonly action: string;
  /** A refused proposal: what was typed, and what is wrong with it. */
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** 提请作废 by the bureau; a second person decides on the page of all proposals. */
export function VoidCard({
  attemptId,
  isVoid,
  voids,
  incidents,
  commandId,
  action,
  ...posted
}: VoidCardProps) {
  const { typed, errors } = posted;
  const isOpen = voids.some((one) => one.state === 'proposed');
  return (
    <Card title="作废" action={<TextLink to="/bureau/exams/voids">作废复核</TextLink>}>
      {voids.map((one) => (
        <p key={one.id} className="mb-3 text-sm">
          {`${formatInstant(one.proposedAt)} ${one.proposerName}提请：${one.reason}（${VOID_STATE_LABELS[one.state]}`}
          {one.deciderName === null ? '' : `，${one.deciderName}`}）
        </p>
      ))}
      {isOpen || isVoid ? null : (
        <Form method="post" action={action} noValidate className="grid gap-4" aria-label="提请作废">
          <input type="hidden" name="intent" value="void" />
          <input type="hidden" name="commandId" value={commandId} />
          <input type="hidden" name="attemptId" value={attemptId} />
          <SelectField
            label="性质"
            name="ground"
            id="void-ground"
            required
            defaultValue={typed.ground}
            error={errors.ground}
            options={VOID_GROUNDS.map((value) => ({ value, label: VOID_GROUND_LABELS[value] }))}
          />
          {incidents.length > 0 ? (
            <SelectField
              label="依据的记录"
              name="incidentId"
              id="void-incident"
              defaultValue={typed.incidentId}
              options={incidents.map((one) => ({ value: one.id, label: INCIDENT_CODE_LIST[one.code].label }))}
            />
          ) : null}
          <TextArea
            label="理由"
            name="voidReason"
            id="void-reason"
            required
            rows={2}
            defaultValue={typed.voidReason}
            error={errors.voidReason}
          />
          <div>
            <SubmitButton tone="danger" busyText="正在提请…">
              提请作废
            </SubmitButton>
          </div>
        </Form>
      )}
    </Card>
  );
}
