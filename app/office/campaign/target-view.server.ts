import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { StoredAnswer } from './answer.store.server.ts';
import { findDraft, listAnswers } from './answer.store.server.ts';
import type { CampaignEventRow, UnitCampaignLine } from './board.store.server.ts';
import { listTargetEvents, listUnitCampaigns } from './board.store.server.ts';
import type { CampaignRecord, TargetRecord } from './campaign.store.server.ts';
import { findCampaign, findTarget } from './campaign.store.server.ts';
import type { CampaignFileRecord } from './file.store.server.ts';
import { listFiles } from './file.store.server.ts';
import { ENTITY_CONFIRMATION, entityAnswerSchema } from './kinds/entity-confirmation.ts';
import { entityFormValues } from './kinds/entity-form.ts';
import type { EntityPreset } from './kinds/entity-work.server.ts';
import { loadEntityPreset } from './kinds/entity-work.server.ts';
import type { FormValues } from './kinds/form-values.ts';
import type { CampaignKind, ExceptionLine } from './kinds/kind.ts';
import type { RosterPerson } from './kinds/roster-clearing.ts';
import { ROSTER_CLEARING, rosterAnswerSchema } from './kinds/roster-clearing.ts';
import { rosterFormValues } from './kinds/roster-form.ts';
import { loadRosterPreset } from './kinds/roster-work.server.ts';
import { workOf } from './work.server.ts';

export interface AnswerVersion {
  readonly no: number;
  readonly isLate: boolean;
  readonly byName: string | null;
  readonly at: Date;
  readonly exceptions: readonly ExceptionLine[];
}

/** One unit's part of a campaign as both sides see it. */
export interface TargetPart {
  readonly campaign: CampaignRecord & { readonly kindLabel: string; readonly sameLabel: string };
  readonly target: TargetRecord;
  readonly regionName: string;
  /** Every version, the last first. */
  readonly answers: readonly AnswerVersion[];
  readonly files: readonly CampaignFileRecord[];
  readonly events: readonly CampaignEventRow[];
  readonly today: Day;
}

interface Opened {
  readonly part: TargetPart;
  readonly kind: CampaignKind;
  readonly stored: readonly StoredAnswer[];
  readonly tree: OrgTree;
}

async function openPart(
  ctx: ActorCtx,
  permission: Permission,
  place: { readonly campaignId: string; readonly unitId: string },
): Promise<Outcome<Opened, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const { unitIds, regionIds, tree } = await reachFor(ctx, permission);
  const [campaign, target] = await Promise.all([
    findCampaign(ctx.pool, place.campaignId),
    findTarget(ctx.pool, place.campaignId, place.unitId),
  ]);
  if (campaign === null || target === null) return refused('NOT_FOUND');
  if (!unitIds.has(target.unitId) && !regionIds.has(target.regionId)) return refused('NOT_FOUND');
  const { kind } = workOf(ctx, campaign);
  const [stored, files, events] = await Promise.all([
    listAnswers(ctx.pool, target.id),
    listFiles(ctx.pool, target.id),
    listTargetEvents(ctx.pool, target.id),
  ]);
  const answers = stored.map(({ content, no, isLate, byName, at }) => ({
    no,
    isLate,
    byName,
    at,
    exceptions: kind.digest(content).exceptions,
  }));
  const part = {
    campaign: { ...campaign, kindLabel: kind.label, sameLabel: kind.sameLabel },
    target,
    regionName: tree.regions.get(target.regionId)?.name ?? '已撤并地区',
    answers,
    files,
    events,
    today: dayOf(ctx.clock.now()),
  };
  return done({ part, kind, stored, tree });
}

/** A unit's answer for review. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewTarget(
  ctx: ActorCtx,
  place: { readonly campaignId: string; readonly unitId: string },
): Promise<
  Outcome<
    TargetPart & { readonly mayReview: boolean; readonly mayExtend: boolean },
    'FORBIDDEN' | 'NOT_FOUND'
  >
> {
  const opened = await openPart(ctx, 'campaign.read', place);
  if (!opened.ok) return opened;
  const { part } = opened.value;
  const reaches = async (permission: Permission): Promise<boolean> =>
    mayDo(ctx, permission) && (await reachFor(ctx, permission)).regionIds.has(part.target.regionId);
  const holds = mayDo(ctx, 'campaign.issue')
    ? (await reachFor(ctx, 'campaign.issue')).regionIds.has(part.campaign.regionId)
    : false;
  return done({ ...part, mayReview: await reaches('campaign.review'), mayExtend: holds });
}

/** What the page offers to fill in; the kinds of slices above bring pages of their own. */
export type AnswerForm =
  | ({ readonly kind: 'entity_confirmation' } & EntityPreset)
  | { readonly kind: 'roster_clearing'; readonly people: readonly RosterPerson[] }
  | { readonly kind: 'elsewhere' };

export interface AnswerPage extends TargetPart {
  readonly form: AnswerForm;
  /** What the fields begin with: the draft, else the last answer, else the preset. */
  readonly values: FormValues;
  readonly draft: { readonly savedAt: Date; readonly byName: string | null } | null;
  readonly stampedForm: string | null;
  readonly mayAnswer: boolean;
  readonly supplementLabel: string | null;
}

async function formOf(ctx: ActorCtx, opened: Opened): Promise<AnswerForm> {
  const { part, tree } = opened;
  const unit = tree.units.get(part.target.unitId);
  if (unit === undefined) return { kind: 'elsewhere' };
  if (part.campaign.kind === ENTITY_CONFIRMATION.code) {
    const preset = await loadEntityPreset(ctx, { unit, tree, today: part.today });
    return { kind: 'entity_confirmation', ...preset };
  }
  if (part.campaign.kind === ROSTER_CLEARING.code)
    return { kind: 'roster_clearing', people: await loadRosterPreset(ctx.pool, unit.id, part.today) };
  return { kind: 'elsewhere' };
}

function firstValues(form: AnswerForm, last: StoredAnswer | undefined, preparer: string): FormValues {
  if (form.kind === 'entity_confirmation') {
    const preset = entityFormValues({ preparer, phone: null, items: [...form.items] });
    return last === undefined
      ? preset
      : { ...preset, ...entityFormValues(entityAnswerSchema.parse(last.content)) };
  }
  if (form.kind === 'roster_clearing')
    return rosterFormValues(
      last === undefined ? { preparer, phone: null, exceptions: [] } : rosterAnswerSchema.parse(last.content),
    );
  return {};
}

/** The page on which a unit answers; its leader reads it. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewAnswer(
  ctx: ActorCtx,
  place: { readonly campaignId: string; readonly unitId: string },
): Promise<Outcome<AnswerPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const opened = await openPart(ctx, 'campaign.read_own_unit', place);
  if (!opened.ok) return opened;
  const { part, kind, stored } = opened.value;
  const [draft, form] = await Promise.all([findDraft(ctx.pool, part.target.id), formOf(ctx, opened.value)]);
  const answers = mayDo(ctx, 'campaign.answer')
    ? (await reachFor(ctx, 'campaign.answer')).unitIds.has(part.target.unitId)
    : false;
  const isDecided = part.campaign.state === 'approved' || part.campaign.state === 'announced';
  return done({
    ...part,
    form,
    values: {
      ...firstValues(form, stored[0], ctx.actor.displayName),
      ...(draft?.values ?? {}),
    },
    draft: draft === null ? null : { savedAt: draft.savedAt, byName: draft.byName },
    stampedForm: kind.stampedForm,
    mayAnswer: answers && part.campaign.state === 'open' && part.target.state !== 'accepted',
    supplementLabel:
      answers && isDecided && part.campaign.supplementsId === null ? kind.supplementLabel : null,
  });
}

/** The viewer's units in one campaign: a link without a unit leads to the only one, or lets choose. */
export async function listOwnUnitsIn(
  ctx: ActorCtx,
  campaignId: string,
): Promise<Outcome<readonly UnitCampaignLine[], 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.read_own_unit')) return refused('FORBIDDEN');
  const { unitIds, regionIds } = await reachFor(ctx, 'campaign.read_own_unit');
  const { rows } = await listUnitCampaigns(
    ctx.pool,
    { unitIds: [...unitIds], regionIds: [...regionIds] },
    { text: '', limit: 1_000, offset: 0 },
  );
  const own = rows.filter((row) => row.campaignId === campaignId);
  return own.length === 0 ? refused('NOT_FOUND') : done(own);
}
