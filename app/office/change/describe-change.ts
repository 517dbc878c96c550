import { MODE_LABELS } from '#app/organization/change/change-kind.ts';
import type { ChangeEffect } from '#app/organization/change/decide-change.ts';
import type { OrgState } from '#app/organization/change/org-state.ts';
import { regionOn, unitOn } from '#app/organization/change/org-state.ts';
import { coversDay } from '#app/organization/change/stretch.ts';
import type { Day } from '#app/platform/time/day.ts';

/** One thing and what becomes of it, in plain words. */
export interface Consequence {
  readonly key: string;
  readonly what: string;
  readonly outcome: string;
}

export interface ConsequenceSection {
  readonly title: string;
  readonly rows: readonly Consequence[];
}

type NameOf = (id: string) => string;

interface Compared {
  readonly before: OrgState;
  readonly effect: ChangeEffect;
  readonly day: Day;
  readonly nameOf: NameOf;
}

function unitChanges({ before, effect, day, nameOf }: Compared): Consequence[] {
  const after = effect.state;
  const ended = new Map(effect.closedUnits.map(({ from, to }) => [from, to]));
  const ids = new Set([...before.units, ...after.units].map((row) => row.unitId));
  return [...ids].flatMap((id) => {
    const [old, now] = [unitOn(before, id, day), unitOn(after, id, day)];
    if (old !== null && now === null) {
      const to = ended.get(id) ?? null;
      return [{ key: id, what: old.name, outcome: to === null ? '终止' : `终止，由${nameOf(to)}承接` }];
    }
    if (now === null) return [];
    if (old === null) {
      const under = now.parentId === null ? '' : `，上级为${nameOf(now.parentId)}`;
      return [{ key: id, what: now.name, outcome: `新设，位于${nameOf(now.regionId)}${under}` }];
    }
    const parts = [
      ...(old.name === now.name ? [] : [`更名为${now.name}`]),
      ...(old.parentId === now.parentId
        ? []
        : [now.parentId === null ? '不再设上级单位' : `上级改为${nameOf(now.parentId)}`]),
      ...(old.regionId === now.regionId ? [] : [`划入${nameOf(now.regionId)}`]),
    ];
    return parts.length === 0 ? [] : [{ key: id, what: old.name, outcome: parts.join('，') }];
  });
}

function regionChanges({ before, effect, day, nameOf }: Compared): Consequence[] {
  const after = effect.state;
  const ended = new Map(effect.closedRegions.map(({ from, to }) => [from, to]));
  const ids = new Set([...before.regions, ...after.regions].map((row) => row.regionId));
  return [...ids].flatMap((id) => {
    const [old, now] = [regionOn(before, id, day), regionOn(after, id, day)];
    if (old !== null && now === null)
      return [{ key: id, what: old.name, outcome: `撤销，并入${nameOf(ended.get(id) ?? '')}` }];
    if (old === null && now !== null) return [{ key: id, what: now.name, outcome: '新设' }];
    if (old === null || now === null) return [];
    const parts = [
      ...(old.name === now.name ? [] : [`更名为${now.name}`]),
      ...(old.parentId === now.parentId || now.parentId === null ? [] : [`改隶${nameOf(now.parentId)}`]),
    ];
    return parts.length === 0 ? [] : [{ key: id, what: old.name, outcome: parts.join('，') }];
  });
}

function entityChanges({ before, effect, day, nameOf }: Compared): Consequence[] {
  const now = new Map(
    effect.state.entities.filter((row) => coversDay(row, day)).map((row) => [row.entityId, row]),
  );
  return before.entities
    .filter((row) => coversDay(row, day))
    .flatMap((old) => {
      const next = now.get(old.entityId);
      if (next === undefined)
        return [
          {
            key: old.entityId,
            what: old.name,
            outcome: '主体资格终止；承接单位的主体资格须另行确认、公告',
          },
        ];
      if (next.name !== old.name)
        return [{ key: old.entityId, what: old.name, outcome: `主体名称改为${next.name}` }];
      return next.entrustingUnitId !== old.entrustingUnitId && next.entrustingUnitId !== null
        ? [
            {
              key: old.entityId,
              what: old.name,
              outcome: `委托机关改为${nameOf(next.entrustingUnitId)}，委托书须重新签订`,
            },
          ]
        : [];
    });
}

function modeChanges({ before, effect, day, nameOf }: Compared): Consequence[] {
  const on = (state: OrgState) =>
    new Map(state.modes.filter((row) => coversDay(row, day)).map((row) => [row.unitId, row.mode]));
  const [old, now] = [on(before), on(effect.state)];
  const ids = new Set([...old.keys(), ...now.keys()]);
  return [...ids].flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    if (was === is) return [];
    const outcome =
      is === undefined
        ? `${MODE_LABELS[was ?? 'dispatch']}模式终止；承接单位的模式如需调整，另行办理`
        : was === undefined
          ? `实行${MODE_LABELS[is]}`
          : `由${MODE_LABELS[was]}调整为${MODE_LABELS[is]}`;
    return [{ key: id, what: nameOf(id), outcome }];
  });
}

/** What an act does to the organisation itself, section by section; sections without a row are left out. */
export function describeChange(compared: Compared): ConsequenceSection[] {
  return [
    { title: '区划', rows: regionChanges(compared) },
    { title: '单位', rows: unitChanges(compared) },
    { title: '执法主体资格', rows: entityChanges(compared) },
    { title: '乡镇执法模式', rows: modeChanges(compared) },
  ].filter((section) => section.rows.length > 0);
}
