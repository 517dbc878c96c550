import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { Choice, ChoosePage } from '../wizard-view.server.ts';

/** Search and tick; what is ticked stays ticked through every search. A plain GET form: its state is the URL. */
export function ChooseForm({ page, text, many }: { page: ChoosePage; text: string; many: boolean }) {
  return (
    <Form method="get" className="space-y-6">
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="查找"
          name="q"
          id="choose-q"
          defaultValue={text}
          hint="名称或所在地区；单位也可用拼音"
          required
        />
        <button type="submit" className={buttonClass('secondary')}>
          查找
        </button>
      </div>
      {many ? <ManyChoices page={page} /> : <OneChoice page={page} />}
    </Form>
  );
}

function ManyChoices({ page }: { page: ChoosePage }) {
  return (
    <>
      {page.picked.length > 0 ? (
        <ChoiceList legend={`已选 ${page.picked.length} 个`} choices={page.picked} isChecked />
      ) : null}
      <ChoiceList legend="查找结果" choices={page.found} isChecked={false} more={page.more} />
      <button type="submit" name="step" value="fill" className={buttonClass('primary')}>
        下一步：填写内容
      </button>
    </>
  );
}

function ChoiceList(props: {
  legend: string;
  choices: readonly Choice[];
  isChecked: boolean;
  more?: number;
}) {
  const { legend, choices, isChecked, more = 0 } = props;
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{legend}</legend>
      {choices.length === 0 ? <p className="text-ink-muted">没有符合条件的，请换一个关键词。</p> : null}
      <ul className="grid gap-x-8 gap-y-2 lg:grid-cols-2">
        {choices.map((choice) => (
          <li key={choice.id} className="flex min-h-6 gap-3">
            <input
              id={`pick-${choice.id}`}
              type="checkbox"
              name="pick"
              value={choice.id}
              defaultChecked={isChecked}
              className="tick mt-[0.21875rem]"
            />
            <label htmlFor={`pick-${choice.id}`} className="cursor-pointer">
              <Named choice={choice} />
            </label>
          </li>
        ))}
      </ul>
      <More count={more} />
    </fieldset>
  );
}

function OneChoice({ page }: { page: ChoosePage }) {
  if (page.found.length === 0)
    return <EmptyState title="没有符合条件的" text="请换一个关键词，或核对管辖范围。" />;
  return (
    <div>
      <ul className="divide-y divide-line border-y border-line">
        {page.found.map((choice) => (
          <li key={choice.id} className="py-2">
            <TextLink to={`?pick=${choice.id}&step=fill`}>{choice.name}</TextLink>
            <span className="ml-2 text-sm text-ink-muted">{choice.place}</span>
          </li>
        ))}
      </ul>
      <More count={page.more} />
    </div>
  );
}

function Named({ choice }: { choice: Choice }): ReactNode {
  return (
    <>
      {`${choice.name} `}
      <span className="ml-1 text-sm text-ink-muted">{choice.place}</span>
    </>
  );
}

function More({ count }: { count: number }) {
  if (count === 0) return null;
  return <p className="mt-2 text-sm text-ink-muted">{`另有 ${count} 个符合条件，请输入更多文字查找。`}</p>;
}
