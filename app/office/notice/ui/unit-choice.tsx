import { useState } from 'react';
import { FieldNotes } from '#app/platform/ui/form/field.tsx';
import { useFormContext, fieldId } from '#app/platform/ui/form/form-context.ts';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { MessageRegion, MessageUnit } from '../message-scope.server.ts';

export interface UnitChoiceProps {
  scope: readonly MessageRegion[];
  /** ids that were chosen in a refused submission */
  units: readonly string[];
  regions: readonly string[];
  error?: string | undefined;
}

const TICK = 'tick mt-[0.21875rem] shrink-0';

/** Units to write to, region by region: a whole region with one tick, or units one by one. Works without JavaScript;
 *  with it the list narrows while one types. */
export function UnitChoice({ scope, units, regions, error }: UnitChoiceProps) {
  const id = fieldId(useFormContext()?.id, 'units');
  const [wanted, setWanted] = useState('');
  const isHydrated = useHydrated();
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className="max-w-xl"
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend className="mb-1 font-semibold">发给哪些单位的联络员</legend>
      <FieldNotes id={id} hint="勾选整个区域，或展开后逐个勾选" error={error} />
      {isHydrated ? (
        <input
          type="search"
          aria-label="按单位名称查找"
          placeholder="按单位名称查找"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value.trim())}
          className="control mb-2"
        />
      ) : null}
      <div className="max-h-96 divide-y divide-line overflow-y-auto rounded border border-line-strong bg-surface-raised">
        {scope.map((region) => (
          <RegionChoice
            key={region.id}
            {...{ region, wanted, units }}
            isWhole={regions.includes(region.id)}
            isAlone={scope.length === 1}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface RegionChoiceProps {
  region: MessageRegion;
  wanted: string;
  units: readonly string[];
  isWhole: boolean;
  isAlone: boolean;
}

/** How many units a region has, and how many of them would not hear. */
function countText(count: number, missing: number): string {
  if (missing === 0) return `（${formatCount(count)} 家）`;
  if (missing === count) return `（${formatCount(count)} 家，均未设联络员）`;
  return `（${formatCount(count)} 家，其中 ${formatCount(missing)} 家未设联络员）`;
}

function RegionChoice({ region, wanted, units, isWhole, isAlone }: RegionChoiceProps) {
  const matches = (unit: MessageUnit) => wanted === '' || unit.name.includes(wanted);
  const hits = region.units.filter(matches).length;
  const isOpen = isAlone || wanted !== '' || region.units.some((unit) => units.includes(unit.id));
  const missing = region.units.filter((unit) => !unit.hasLiaison).length;
  const isMute = missing === region.units.length;
  // What is narrowed away stays in the form: a tick is not lost by looking for another unit.
  return (
    <div className="px-3 py-2" hidden={hits === 0}>
      <label className="flex cursor-pointer gap-3">
        <input
          type="checkbox"
          name="regions"
          value={region.id}
          disabled={isMute}
          defaultChecked={isWhole}
          className={TICK}
        />
        <span className={isMute ? 'text-ink-muted' : undefined}>
          {region.name}全部单位
          <span className="text-sm text-ink-muted">{countText(region.units.length, missing)}</span>
        </span>
      </label>
      <details open={isOpen} className="ml-[1.875rem] mt-1">
        <summary className="cursor-pointer text-sm text-accent">逐个选择</summary>
        <ul className="mt-1 space-y-1">
          {region.units.map((unit) => (
            <li key={unit.id} hidden={!matches(unit)}>
              <label className="flex cursor-pointer gap-3">
                <input
                  type="checkbox"
                  name="units"
                  value={unit.id}
                  disabled={!unit.hasLiaison}
                  defaultChecked={units.includes(unit.id)}
                  className={TICK}
                />
                <span className={unit.hasLiaison ? undefined : 'text-ink-muted'}>
                  {unit.name}
                  {unit.hasLiaison ? '' : '（未设联络员）'}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
