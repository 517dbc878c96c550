import { ESTABLISHMENTS, ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import { isAdmittedEstablishment } from '#app/organization/person/card-admission.ts';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { POST_LABELS } from '../roster.schema.ts';

interface Named {
  readonly name: string;
  readonly defaultValue?: string | undefined;
  readonly error?: string | undefined;
}

export interface PostFieldsProps {
  readonly establishment: Named;
  readonly position: Named;
  readonly department: Named;
  readonly isEnforcementPost: {
    readonly name: string;
    readonly defaultChecked: boolean;
    readonly error?: string | undefined;
  };
  readonly fieldCode: Named;
  readonly enforcementArea: Named;
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

const ESTABLISHMENT_OPTIONS = ESTABLISHMENTS.map((value) => ({
  value,
  label: isAdmittedEstablishment(value)
    ? ESTABLISHMENT_LABELS[value]
    : `${ESTABLISHMENT_LABELS[value]}——不得申领执法证`,
}));

/** What goes with a post: for a new person and for a change of post. */
export function PostFields(props: PostFieldsProps) {
  return (
    <>
      <SelectField
        label={POST_LABELS.establishment}
        required
        options={ESTABLISHMENT_OPTIONS}
        {...props.establishment}
      />
      <TextField label={POST_LABELS.position} width="medium" hint="如 四级主任科员" {...props.position} />
      <TextField label={POST_LABELS.department} width="medium" hint="如 政策法规科" {...props.department} />
      <CheckboxField
        label={POST_LABELS.isEnforcementPost}
        hint="直接从事行政执法的岗位；不在执法岗位的，不填执法领域和区域"
        {...props.isEnforcementPost}
      />
      <SelectField
        label={POST_LABELS.fieldCode}
        placeholder="不适用"
        options={props.fields.map(({ code, name }) => ({ value: code, label: name }))}
        {...props.fieldCode}
      />
      <TextField
        label={POST_LABELS.enforcementArea}
        width="medium"
        hint="如 某县行政区域"
        {...props.enforcementArea}
      />
    </>
  );
}
