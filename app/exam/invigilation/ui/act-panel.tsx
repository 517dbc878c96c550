import { useState } from 'react';
import { Form } from '@remix-run/react';
import { Field } from '#app/platform/ui/form/field.tsx';
import { Options, SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { ActKind } from '../act.ts';
import { ACT_KINDS, ACT_LABELS, REASON_CODES, REASON_LABELS } from '../act.ts';

export interface ActPanelTarget {
  readonly value: string;
  readonly label: string;
  /** Written out before all of them are ended at once. */
  readonly endWord?: string | undefined;
}

export interface ActPanelProps {
  readonly formId: string;
  readonly commandId: string;
  /** Whom the act may be meant for, the first one chosen. */
  readonly targets: readonly ActPanelTarget[];
  /** What was typed before a refusal, and what was wrong with it. */
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** The candidate of a page for one; ticked tiles name theirs themselves. */
  readonly registrationId?: string | undefined;
}

const ACT_OPTIONS = ACT_KINDS.map((value) => ({ value, label: ACT_LABELS[value] }));
const REASON_OPTIONS = REASON_CODES.map((value) => ({ value, label: REASON_LABELS[value] }));

const CONSEQUENCES: Readonly<Partial<Record<ActKind, string>>> = {
  pause: '考生页面停止计时；期间到达的作答照收。恢复时，暂停的时间全部补回。',
  resume: '把暂停的时间补回后继续计时。',
  release_device: '考生可以在另一台设备上继续作答，一次有效。',
  mark_irregular: '只作标记，供事后核实，不影响作答和成绩。',
  end: '立即收卷并按已保存的作答评分，不能恢复。',
};

/** What the button does; what cannot be taken back says to whom. */
function buttonText(chosen: string, target: ActPanelTarget | undefined): string {
  const act = ACT_KINDS.find((kind) => kind === chosen);
  if (act === undefined) return '办理';
  return act === 'end' && target ? `${ACT_LABELS[act]}：${target.label}` : ACT_LABELS[act];
}

/** Whom, what, why: one form for every act, on one candidate, a selection, a room or the whole sitting. */
export function ActPanel(props: ActPanelProps) {
  const { formId, commandId, targets, typed, errors, registrationId } = props;
  const isHydrated = useHydrated();
  const [chosen, setChosen] = useState(typed.act ?? '');
  const [target, setTarget] = useState(typed.target ?? targets[0]?.value ?? 'people');
  // Without scripts every field stands, each saying when it counts.
  const shows = (...kinds: readonly ActKind[]): boolean =>
    !isHydrated || kinds.some((kind) => kind === chosen);
  const consequence = CONSEQUENCES[ACT_KINDS.find((kind) => kind === chosen) ?? 'admit'];
  return (
    <Form
      method="post"
      id={formId}
      noValidate
      className="grid gap-4"
      aria-label="监考办理"
      preventScrollReset
    >
      <input type="hidden" name="commandId" value={commandId} />
      {registrationId === undefined ? null : <input type="hidden" name="ids" value={registrationId} />}
      {targets.length > 1 ? (
        <Field label="办理对象" name="target" id={`${formId}-target`} required error={errors.target}>
          {(control) => (
            <select
              {...control}
              className="control"
              defaultValue={target}
              onChange={(event) => setTarget(event.target.value)}
            >
              <Options options={targets} />
            </select>
          )}
        </Field>
      ) : (
        <input type="hidden" name="target" value={targets[0]?.value ?? 'people'} />
      )}
      <SelectField
        label="事项"
        name="act"
        id={`${formId}-act`}
        required
        options={ACT_OPTIONS}
        error={errors.act}
        defaultValue={typed.act ?? ''}
        onChange={(event) => setChosen(event.target.value)}
      />
      {shows('extend') ? (
        <TextField
          label="延长分钟数"
          name="minutes"
          id={`${formId}-minutes`}
          required="延长时间时填写"
          inputMode="numeric"
          defaultValue={typed.minutes}
          error={errors.minutes}
        />
      ) : null}
      {shows('message') ? (
        <TextArea
          label="通知内容"
          name="text"
          id={`${formId}-text`}
          required="发送通知时填写"
          rows={2}
          defaultValue={typed.text}
          error={errors.text}
        />
      ) : null}
      {shows('resume', 'extend') ? (
        <CheckboxField
          label="允许超过本场考试结束时间"
          name="mayPassHardEnd"
          id={`${formId}-pass`}
          defaultChecked={typed.mayPassHardEnd === 'on'}
        />
      ) : null}
      <SelectField
        label="理由"
        name="reason"
        id={`${formId}-reason`}
        required
        options={REASON_OPTIONS}
        error={errors.reason}
        defaultValue={typed.reason ?? ''}
      />
      <TextArea
        label="说明"
        name="note"
        id={`${formId}-note`}
        required={shows('end') ? '结束作答或理由为“其他”时必填' : '理由为“其他”时必填'}
        rows={2}
        defaultValue={typed.note}
        error={errors.note}
      />
      {shows('end') ? (
        <EndConfirmation
          formId={formId}
          targets={isHydrated ? targets.filter(({ value }) => value === target) : targets}
          typed={typed.confirmation}
          error={errors.confirmation}
        />
      ) : null}
      {isHydrated && consequence ? <p className="text-sm text-ink-muted">{consequence}</p> : null}
      <div>
        <SubmitButton tone={chosen === 'end' ? 'danger' : 'primary'} busyText="正在办理…">
          {isHydrated
            ? buttonText(
                chosen,
                targets.find(({ value }) => value === target),
              )
            : '办理'}
        </SubmitButton>
      </div>
    </Form>
  );
}

interface EndConfirmationProps {
  readonly formId: string;
  readonly targets: readonly ActPanelTarget[];
  readonly typed: string | undefined;
  readonly error: string | undefined;
}

/** Ending several, a room or the whole sitting cannot be taken back: what is ended is written out first. */
function EndConfirmation({ formId, targets, typed, error }: EndConfirmationProps) {
  const words = targets.flatMap(({ endWord }) => endWord ?? []);
  if (words.length === 0) return null;
  const word =
    words.length === 1
      ? `填写“${words[0] ?? ''}”`
      : '填写考场名称，全场的填写“全场结束”，勾选多人的填写“结束N人”（N 为人数）';
  return (
    <TextField
      label="确认"
      name="confirmation"
      id={`${formId}-confirmation`}
      required={`结束多人、整个考场或全场时${word}`}
      autoComplete="off"
      defaultValue={typed}
      error={error}
    />
  );
}
