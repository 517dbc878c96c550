import { Form } from '@remix-run/react';
import { formatTime, toLocalInput } from '#app/platform/time/day.ts';
import { Field } from '#app/platform/ui/form/field.tsx';
import { Options, SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { CandidateEvent } from '../candidate.store.server.ts';
import { eventLabel } from '../event-words.ts';
import type { IncidentRow } from '../incident.store.server.ts';
import type { IncidentKind } from '../incident.ts';
import { INCIDENT_CODE_LIST, INCIDENT_KINDS, INCIDENT_KIND_LABELS, codesOf } from '../incident.ts';

export interface IncidentFormProps {
  readonly commandId: string;
  readonly now: Date;
  readonly action: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** Of a candidate, with the events that may show it. */
  readonly candidate?:
    { readonly registrationId: string; readonly events: readonly CandidateEvent[] } | undefined;
  /** The record that is corrected: its words stand in the fields. */
  readonly original?: IncidentRow | undefined;
  /** Rooms to choose from where it is of a room. */
  readonly rooms?: readonly { readonly id: string; readonly name: string }[] | undefined;
}

const kindsFor = (candidate: unknown): readonly IncidentKind[] => (candidate ? INCIDENT_KINDS : ['incident']);
const MOST_EVIDENCE = 30;

/** What stands in the fields before anything is typed. */
function firstWords(original: IncidentRow | undefined, now: Date): Readonly<Record<string, string>> {
  if (original === undefined) return { happenedAt: toLocalInput(now) };
  const { code, happenedAt, facts, handling, witnesses } = original;
  return { code, happenedAt: toLocalInput(happenedAt), facts, handling, witnesses: witnesses ?? '' };
}

/** 考场情况 or 违纪, as observed; or the correction of such a record. */
export function IncidentForm(props: IncidentFormProps) {
  const { commandId, now, action, errors, candidate, original, rooms = [] } = props;
  const typed: Readonly<Record<string, string>> = { ...firstWords(original, now), ...props.typed };
  const name = original ? '更正记录' : '登记情况';
  return (
    <Form method="post" action={action} noValidate className="grid gap-4" aria-label={name}>
      <input type="hidden" name="intent" value="record" />
      <input type="hidden" name="commandId" value={commandId} />
      {candidate ? <input type="hidden" name="registrationId" value={candidate.registrationId} /> : null}
      {!candidate && rooms.length > 0 ? (
        <SelectField
          label="考场"
          name="roomId"
          required
          error={errors.roomId}
          placeholder={null}
          options={rooms.map((room) => ({ value: room.id, label: room.name }))}
          defaultValue={typed.roomId}
        />
      ) : null}
      <Field label="情形" name="code" required error={errors.code}>
        {(control) => (
          <select {...control} className="control" defaultValue={typed.code ?? ''}>
            <option value="">请选择</option>
            {kindsFor(candidate).map((kind) => (
              <optgroup key={kind} label={INCIDENT_KIND_LABELS[kind]}>
                <Options
                  options={codesOf(kind).map((code) => ({
                    value: code,
                    label: INCIDENT_CODE_LIST[code].label,
                  }))}
                />
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label="发生时间"
        name="happenedAt"
        required
        type="datetime-local"
        defaultValue={typed.happenedAt}
        error={errors.happenedAt}
      />
      <TextArea label="经过" name="facts" required rows={3} defaultValue={typed.facts} error={errors.facts} />
      <TextArea
        label="现场处理"
        name="handling"
        required
        rows={2}
        defaultValue={typed.handling}
        error={errors.handling}
      />
      <TextField label="在场人员" name="witnesses" defaultValue={typed.witnesses} error={errors.witnesses} />
      {candidate && candidate.events.length > 0 ? (
        <Evidence
          events={candidate.events}
          linked={props.typed.evidence?.split(',') ?? original?.evidence.map((link) => link.eventId) ?? []}
        />
      ) : null}
      <div>
        <SubmitButton tone="secondary" busyText="正在登记…">
          {original ? '登记更正' : '登记'}
        </SubmitButton>
      </div>
    </Form>
  );
}

interface EvidenceProps {
  readonly events: readonly CandidateEvent[];
  /** Ticked before a refusal, else chosen by the record that is corrected. */
  readonly linked: readonly string[];
}

function Evidence({ events, linked }: EvidenceProps) {
  const ofAttempt = events.filter((event) => event.epoch !== null);
  const shown = ofAttempt.filter(({ id }, index) => index < MOST_EVIDENCE || linked.includes(id));
  return (
    <details open={shown.some(({ id }) => linked.includes(id))}>
      <summary className="cursor-pointer text-accent">关联作答过程中的记录（选填）</summary>
      <ul className="mt-2 grid gap-1 text-sm">
        {shown.map((event) => (
          <li key={event.id}>
            <label className="flex items-baseline gap-2">
              <input
                type="checkbox"
                name="evidence"
                value={event.id}
                defaultChecked={linked.includes(event.id)}
                className="tick"
              />
              <span className="tabular-nums text-ink-muted">{formatTime(event.occurredAt)}</span>
              {eventLabel(event.kind)}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
