import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { OrganisationPage, TreeUnit } from '../organisation-view.server.ts';
import { UNIT_TYPE_LABELS } from '../unit-words.ts';

/** Address of the same page with another unit or region; day and search stay where they help. */
export type LinkTo = (place: { unit?: string; region?: string }) => string;

interface TreeProps {
  page: Pick<OrganisationPage, 'regions' | 'units' | 'found'>;
  current: string | null;
  linkTo: LinkTo;
}

/** The regions below, then the units of the place with their sub-units; or what a search has found. */
export function OrganisationTree({ page, current, linkTo }: TreeProps) {
  if (page.found) return <Found found={page.found} linkTo={linkTo} />;
  return (
    <div className="space-y-6">
      {page.regions.length > 0 ? (
        <section aria-label="下级区划">
          <h2 className="mb-2 text-base font-semibold">下级区划</h2>
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {page.regions.map((region) => (
              <li key={region.id}>
                <TextLink to={linkTo({ region: region.id })}>{region.name}</TextLink>
                <span className="ml-1 text-sm tabular-nums text-ink-muted">{`${formatCount(region.units)} 个单位`}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-label="单位">
        <h2 className="mb-2 text-base font-semibold">单位</h2>
        {page.units.length === 0 ? (
          <p className="text-ink-muted">本级没有单位。</p>
        ) : (
          <UnitList units={page.units} current={current} linkTo={linkTo} />
        )}
      </section>
    </div>
  );
}

function UnitList({
  units,
  current,
  linkTo,
}: {
  units: readonly TreeUnit[];
  current: string | null;
  linkTo: LinkTo;
}) {
  return (
    <ul className="space-y-1">
      {units.map((unit) => (
        <li key={unit.id}>
          <div className="flex flex-wrap items-baseline gap-x-3 py-1">
            <TextLink to={linkTo({ unit: unit.id })} aria-current={unit.id === current ? 'true' : undefined}>
              {unit.name}
            </TextLink>
            <span className="text-sm tabular-nums text-ink-muted">
              {`${UNIT_TYPE_LABELS[unit.unitType]} · ${formatCount(unit.people)} 人`}
            </span>
          </div>
          {unit.below.length > 0 ? (
            <div className="ml-2 border-l border-line pl-4">
              <UnitList units={unit.below} current={current} linkTo={linkTo} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Found({ found, linkTo }: { found: NonNullable<OrganisationPage['found']>; linkTo: LinkTo }) {
  if (found.length === 0)
    return <EmptyState title="没有找到" text="请换一个关键词，或切换日期查看当时的机构。" />;
  return (
    <ul className="divide-y divide-line border-y border-line" aria-label="查找结果">
      {found.map((unit) => (
        <li key={unit.id} className="py-2">
          <TextLink to={linkTo({ unit: unit.id })}>{unit.name}</TextLink>
          <span className="ml-2 text-sm text-ink-muted">{unit.place}</span>
        </li>
      ))}
    </ul>
  );
}
