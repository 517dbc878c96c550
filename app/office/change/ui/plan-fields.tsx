import type { ReactNode } from 'react';
import type { ChangeKind } from '#app/organization/change/change-kind.ts';
import { MODE_LABELS, TOWNSHIP_MODES } from '#app/organization/change/change-kind.ts';
import type { FieldError } from '#app/platform/ui/form/error-summary.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import type { Option } from '#app/platform/ui/form/select-field.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { PlanValues } from '../plan-form.ts';
import { MAX_PARTS, NEW_TARGET } from '../plan-form.ts';
import { labelOf } from '../plan-words.ts';
import type { Choice, FillPage } from '../wizard-view.server.ts';
import { AssignPeople, AssignUnits } from './assign-fields.tsx';

export interface PlanFieldsProps {
  kind: ChangeKind;
  page: FillPage;
  values: PlanValues;
  errors: readonly FieldError[];
}

/** Label, value and message of one field of the wizard. */
export interface Filled {
  (name: string): { label: string; name: string; defaultValue: string; error: string | undefined };
}

const optionOf = (choice: Choice): Option => ({
  value: choice.id,
  label: choice.place === '' ? choice.name : `${choice.name}（${choice.place}）`,
});

/** What each kind of act has to be told. Works as sent by the server: nothing hides or appears by script. */
export function PlanFields({ kind, page, values, errors }: PlanFieldsProps) {
  const filled: Filled = (name) => ({
    label: labelOf(kind, name),
    name,
    defaultValue: values[name] ?? '',
    error: errors.find((error) => error.name === name)?.message,
  });
  const { picked, units, regions, people, merging, current } = page;
  switch (kind) {
    case 'merge':
    case 'region_merge': {
      const isRegion = kind === 'region_merge';
      return (
        <>
          <TargetFields
            filled={filled}
            picked={picked}
            others={isRegion ? [] : units}
            label={isRegion ? '合并后的乡镇（街道）' : '合并后的单位'}
            newLabel={isRegion ? '新设乡镇（街道）' : '新设单位'}
          />
          {isRegion ? <AssignUnits merging={merging} values={values} filled={filled} /> : null}
        </>
      );
    }
    case 'split':
      return (
        <>
          <PartFields filled={filled} />
          <EndingFields filled={filled} />
          <AssignPeople
            people={people}
            values={values}
            options={Array.from({ length: MAX_PARTS }, (_, index) => ({
              value: String(index + 1),
              label: `新设单位 ${index + 1}`,
            }))}
            empty="不单独分配"
            hint="未分配的人员：原单位保留的留在原单位，原单位不保留的由承接单位接收。"
          />
        </>
      );
    case 'abolish':
      return (
        <>
          <SelectField
            {...filled('receiver')}
            options={units.map(optionOf)}
            placeholder="不设承接单位（人员须逐人安置）"
            hint="承接单位接收下级单位、未逐人安置的人员、授权和在办事项。"
          />
          <AssignPeople
            people={people}
            values={values}
            options={units.map(optionOf)}
            empty="随承接单位"
            hint="可为个别人员另定去向；离岗的请先办理离岗登记。"
          />
        </>
      );
    case 'rename':
    case 'region_rename':
      return <TextField {...filled('name')} required />;
    case 'move':
      return (
        <>
          <SelectField
            {...filled('parent')}
            defaultValue={values.parent ?? current.parentId ?? ''}
            options={units.map(optionOf)}
            placeholder="不设上级单位"
          />
          <SelectField
            {...filled('region')}
            required
            defaultValue={values.region ?? current.regionId ?? ''}
            options={regions.map(optionOf)}
            hint="与原区划不同的，下级单位一并划入。"
          />
        </>
      );
    case 'region_move':
      return (
        <SelectField {...filled('region')} label="新的上级区划" required options={regions.map(optionOf)} />
      );
    case 'mode':
      return (
        <RadioGroup
          {...filled('mode')}
          required
          options={TOWNSHIP_MODES.map((mode) => ({ value: mode, label: MODE_LABELS[mode] }))}
        />
      );
  }
}

interface TargetProps {
  filled: Filled;
  picked: readonly Choice[];
  others: readonly Choice[];
  label: string;
  newLabel: string;
}

function TargetFields({ filled, picked, others, label, newLabel }: TargetProps): ReactNode {
  const options: Option[] = [
    ...picked.map((choice) => ({ value: choice.id, label: `并入 ${choice.name}` })),
    { value: NEW_TARGET, label: newLabel },
    ...others.map(optionOf).map((option) => ({ ...option, label: `并入 ${option.label}` })),
  ];
  return (
    <>
      <SelectField {...filled('target')} label={label} required options={options} />
      <TextField {...filled('newName')} label={`${newLabel}名称`} required={`选择“${newLabel}”时填写`} />
      <TextField
        {...filled('newCode')}
        label={`${newLabel}代码`}
        width="medium"
        required={`选择“${newLabel}”时填写`}
        hint="字母、数字或短横线，在本系统内唯一"
      />
    </>
  );
}

const NEEDED_FURTHER = '再分出一个单位时填写';

function PartFields({ filled }: { filled: Filled }) {
  return (
    <>
      {Array.from({ length: MAX_PARTS }, (_, index) => index + 1).map((n) => (
        <fieldset key={n} className="grid max-w-3xl gap-4 sm:grid-cols-2">
          <legend className="mb-2 font-semibold">{`新设单位 ${n}`}</legend>
          <TextField {...filled(`part${n}Name`)} label="名称" required={n === 1 || NEEDED_FURTHER} />
          <TextField {...filled(`part${n}Code`)} label="代码" required={n === 1 || NEEDED_FURTHER} />
        </fieldset>
      ))}
    </>
  );
}

function EndingFields({ filled }: { filled: Filled }) {
  return (
    <>
      <RadioGroup
        {...filled('ending')}
        required
        options={[
          { value: 'goes_on', label: '保留', hint: '只把分配的人员划入新设单位' },
          { value: 'ends', label: '不保留', hint: '其余人员、下级单位、授权和在办事项由一个新设单位承接' },
        ]}
      />
      <SelectField
        {...filled('restTo')}
        required="原单位不保留时填写"
        options={Array.from({ length: MAX_PARTS }, (_, index) => ({
          value: String(index + 1),
          label: `新设单位 ${index + 1}`,
        }))}
      />
    </>
  );
}
