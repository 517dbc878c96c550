import { Form } from '@remix-run/react';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';

export interface EntitlementSearchProps {
  text: string;
  /** as typed, also when it is no day */
  dayText: string;
  dayError: string | undefined;
  /** chosen already: only the day is asked for */
  person: { readonly id: string; readonly name: string } | null;
  found: readonly {
    readonly personId: string;
    readonly name: string;
    readonly idNumberMasked: string;
    readonly unitName: string;
  }[];
  isCut: boolean;
  /** looked up before for the same proof; they go along */
  others: readonly { readonly id: string; readonly name: string }[];
}

/** Who, and on which day. Both stand in the URL, so that the answer can be asked for again. */
export function EntitlementSearch(props: EntitlementSearchProps) {
  const { text, dayText, dayError, person } = props;
  return (
    <>
      <Form method="get" noValidate className="flex flex-wrap items-end gap-x-4 gap-y-3">
        {props.others.map(({ id }) => (
          <input key={id} type="hidden" name="with" value={id} />
        ))}
        {person ? (
          <input type="hidden" name="person" value={person.id} />
        ) : (
          <TextField
            label="人员"
            name="q"
            hint="姓名、拼音或证号"
            required
            width="medium"
            maxLength={40}
            defaultValue={text}
          />
        )}
        <DateField
          label={person ? `${person.name} 在哪一日` : '日期'}
          name="day"
          required
          defaultValue={dayText}
          error={dayError}
        />
        <SubmitButton isPending={false}>查询</SubmitButton>
        {person ? (
          <LinkButton to={`?${new URLSearchParams({ day: dayText }).toString()}`}>换一人</LinkButton>
        ) : null}
      </Form>
      {person ? null : <Found {...props} />}
    </>
  );
}

function Found({ text, dayText, found, isCut, others }: EntitlementSearchProps) {
  const along = others.map(({ id }) => ['with', id]);
  if (text === '') return null;
  if (found.length === 0) return <p className="mt-4">管辖范围内没有找到“{text}”，请核对姓名或证号。</p>;
  return (
    <>
      <ul
        aria-label="查到的人员"
        className="mt-5 divide-y divide-line rounded-md border border-line bg-surface-raised"
      >
        {found.map((person) => (
          <li key={person.personId} className="flex flex-wrap items-baseline gap-x-4 px-5 py-3">
            <TextLink
              to={`?${new URLSearchParams([['day', dayText], ['person', person.personId], ...along]).toString()}`}
            >
              {person.name}
            </TextLink>
            <span className="text-sm text-ink-muted">
              {person.unitName} · {person.idNumberMasked}
            </span>
          </li>
        ))}
      </ul>
      {isCut ? <p className="mt-2 text-sm text-ink-muted">只列出前 20 人，请写全姓名或证号。</p> : null}
    </>
  );
}
