import { useState } from 'react';
import { ENTITY_TYPES, ENTITY_TYPE_LABELS } from '#app/organization/entity/entity.ts';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { EntityAnswerItem } from '../kinds/entity-confirmation.ts';
import { ENTITY_VERDICT_LABELS, STATEMENT_LABELS, statementWords } from '../kinds/entity-confirmation.ts';
import type { EntrustingUnit } from '../kinds/entity-form.ts';
import { MAX_NEW_ENTITIES, newEntityKey } from '../kinds/entity-form.ts';
import type { FieldAt } from './answer-form.tsx';

const VERDICTS = (['same', 'changed', 'abolished'] as const).map((value) => ({
  value,
  label: ENTITY_VERDICT_LABELS[value],
}));

interface EntityFieldsProps {
  items: readonly EntityAnswerItem[];
  entrusting: readonly EntrustingUnit[];
  fieldAt: FieldAt;
}

/** The unit's entities as registered; only what differs is filled in. */
export function EntityFields({ items, entrusting, fieldAt }: EntityFieldsProps) {
  const begun = Array.from({ length: MAX_NEW_ENTITIES }, (_, index) => newEntityKey(index)).filter(
    (key) => fieldAt(`${key}.name`).defaultValue !== '' || fieldAt(`${key}.name`).error !== undefined,
  );
  const next = newEntityKey(begun.length);
  const keys = begun.length < MAX_NEW_ENTITIES ? [...begun, next] : begun;
  return (
    <section aria-labelledby="entities" className="space-y-6">
      <h2 id="entities" className="text-lg font-semibold">
        执法主体
      </h2>
      {items.map((item) => (
        <KnownEntity key={item.entityId} {...{ item, entrusting, fieldAt }} />
      ))}
      {keys.map((key) => (
        <details
          key={key}
          open={begun.includes(key) || items.length === 0}
          className="rounded-md border border-line bg-surface-raised px-5 py-3"
        >
          <summary className="cursor-pointer font-semibold">新增执法主体</summary>
          <div className="space-y-4 py-4">
            <StatementFields {...{ entrusting, fieldAt }} at={key} />
            <ProofFields fieldAt={fieldAt} at={key} />
          </div>
        </details>
      ))}
    </section>
  );
}

function KnownEntity({
  item,
  entrusting,
  fieldAt,
}: {
  item: EntityAnswerItem;
  entrusting: readonly EntrustingUnit[];
  fieldAt: FieldAt;
}) {
  const key = item.entityId;
  const chosen = fieldAt(`${key}.verdict`);
  const [verdict, setVerdict] = useState(chosen.defaultValue);
  const words = item.before === null ? null : statementWords(item.before);
  const stated = Object.entries(STATEMENT_LABELS).flatMap(([field, label]) => {
    const value = words === null ? null : (words[field as keyof typeof STATEMENT_LABELS] ?? null);
    return value === null || field === 'name' ? [] : [{ term: label, value }];
  });
  return (
    <div className="space-y-4 rounded-md border border-line bg-surface-raised px-5 py-4">
      <h3 className="font-semibold">{item.before?.name}</h3>
      <DefinitionList items={stated} />
      <SelectField
        label={`${item.before?.name ?? ''}本年情况`}
        {...chosen}
        required
        placeholder={null}
        options={VERDICTS}
        onChange={(event) => setVerdict(event.currentTarget.value)}
      />
      <details open={verdict === 'changed' || verdict === 'abolished'}>
        <summary className="cursor-pointer text-sm text-accent">填写变更或撤销的内容</summary>
        <div className="space-y-4 pt-4">
          {verdict === 'abolished' ? null : <StatementFields {...{ entrusting, fieldAt }} at={key} />}
          <ProofFields fieldAt={fieldAt} at={key} />
        </div>
      </details>
    </div>
  );
}

function StatementFields({
  at,
  entrusting,
  fieldAt,
}: {
  at: string;
  entrusting: readonly EntrustingUnit[];
  fieldAt: FieldAt;
}) {
  const field = (name: string) => fieldAt(`${at}.${name}`);
  return (
    <>
      <TextField label={STATEMENT_LABELS.name} {...field('name')} required />
      <SelectField
        label={STATEMENT_LABELS.entityType}
        {...field('entityType')}
        required
        options={ENTITY_TYPES.map((value) => ({ value, label: ENTITY_TYPE_LABELS[value] }))}
      />
      <TextArea
        label={STATEMENT_LABELS.legalBasis}
        {...field('legalBasis')}
        required
        rows={2}
        hint="法规名称和条款"
      />
      <SelectField
        label={STATEMENT_LABELS.entrustingUnitName}
        {...field('entrustingUnitId')}
        hint="受委托组织填写"
        options={entrusting.map(({ unitId, name }) => ({ value: unitId, label: name }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <DateField label={STATEMENT_LABELS.entrustedFrom} {...field('entrustedFrom')} hint="受委托组织填写" />
        <DateField
          label={STATEMENT_LABELS.entrustedUntil}
          {...field('entrustedUntil')}
          hint="受委托组织填写"
        />
      </div>
      <TextField label={STATEMENT_LABELS.creditCode} {...field('creditCode')} maxLength={18} width="medium" />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={STATEMENT_LABELS.legalRepresentative} {...field('legalRepresentative')} />
        <TextField label={STATEMENT_LABELS.phone} {...field('phone')} type="tel" />
      </div>
      <TextField label={STATEMENT_LABELS.address} {...field('address')} />
    </>
  );
}

function ProofFields({ at, fieldAt }: { at: string; fieldAt: FieldAt }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="事由" {...fieldAt(`${at}.reason`)} required />
      <TextField label="依据文号" {...fieldAt(`${at}.proofNo`)} required />
    </div>
  );
}
