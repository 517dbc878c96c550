import type { ChangePlan, UnitTarget } from '#app/organization/change/change-plan.ts';
import { MODE_LABELS } from '#app/organization/change/change-kind.ts';

/** Names of units and regions by id, as they were when the act was filed. */
export type NameOf = (id: string) => string;

const targetName = (target: UnitTarget, nameOf: NameOf): string =>
  target.kind === 'existing' ? nameOf(target.unitId) : target.unit.name;

/** Three names at most; the rest is counted. */
function listed(ids: readonly string[], nameOf: NameOf): string {
  const names = ids.map(nameOf);
  return names.length <= 3 ? names.join('、') : `${names.slice(0, 3).join('、')}等${names.length}个单位`;
}

/** What an act is called in lists, tasks and histories: one line that says what becomes of what. */
export function changeTitle(plan: ChangePlan, nameOf: NameOf): string {
  switch (plan.kind) {
    case 'merge': {
      const into = targetName(plan.target, nameOf);
      const others = plan.unitIds.filter((id) => plan.target.kind === 'new' || id !== plan.target.unitId);
      return plan.target.kind === 'new'
        ? `${listed(others, nameOf)}合并设立${into}`
        : `${listed(others, nameOf)}并入${into}`;
    }
    case 'split': {
      const parts = plan.parts.map((part) => part.name).join('、');
      return plan.restTo === null
        ? `从${nameOf(plan.unitId)}分设${parts}`
        : `${nameOf(plan.unitId)}分立为${parts}`;
    }
    case 'rename':
      return `${nameOf(plan.unitId)}更名为${plan.name}`;
    case 'abolish':
      return plan.receiverId === null
        ? `撤销${nameOf(plan.unitId)}`
        : `撤销${nameOf(plan.unitId)}，由${nameOf(plan.receiverId)}承接`;
    case 'move':
      return `${nameOf(plan.unitId)}划转至${nameOf(plan.parentId ?? plan.regionId)}`;
    case 'mode':
      return `${nameOf(plan.unitId)}执法模式调整为${MODE_LABELS[plan.mode]}`;
    case 'region_merge': {
      const into = plan.target.kind === 'existing' ? nameOf(plan.target.regionId) : plan.target.region.name;
      const others = plan.regionIds.filter((id) => plan.target.kind === 'new' || id !== plan.target.regionId);
      const names = others.map(nameOf).join('、');
      return plan.target.kind === 'new' ? `${names}合并设立${into}` : `${names}并入${into}`;
    }
    case 'region_rename':
      return `${nameOf(plan.regionId)}更名为${plan.name}`;
    case 'region_move':
      return `${nameOf(plan.regionId)}改隶${nameOf(plan.parentId)}`;
  }
}

const MAX_TASK_TITLE = 60;

/** A title as a task may carry it. */
export function shortTitle(prefix: string, title: string): string {
  const whole = `${prefix}${title}`;
  return whole.length <= MAX_TASK_TITLE ? whole : `${whole.slice(0, MAX_TASK_TITLE - 1)}…`;
}
