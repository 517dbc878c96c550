import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Db, JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import type { PaperData, PaperKind } from '../document/paper.ts';
import type { AcceptedAnswer } from './answer.store.server.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { entityWork } from './kinds/entity-work.server.ts';
import type { FormValues, ReadForm } from './kinds/form-values.ts';
import type { CampaignKind } from './kinds/kind.ts';
import type { PaperTarget } from './papers.store.server.ts';
import { rosterWork } from './kinds/roster-work.server.ts';

export interface AskedUnit {
  readonly unit: UnitNode;
  readonly tree: OrgTree;
  readonly today: Day;
}

export interface Approval {
  readonly campaign: CampaignRecord;
  readonly documentNo: string;
  readonly effectiveDay: Day;
}

/** Why an approval cannot take effect; `reason` in words. */
export type EffectRefusal = 'EFFECT_REFUSED';

/** What a kind reads and writes. The slice that owns the subject contributes it; the mechanism calls it. */
export interface CampaignWork {
  readonly kind: CampaignKind;
  /** Of these units, those who are asked on the day. */
  readonly chooseTargets: (
    ctx: Pick<Ctx, 'pool'>,
    units: readonly UnitNode[],
    day: Day,
  ) => Promise<readonly UnitNode[]>;
  /** Reads a posted form against the register of the day; `same` takes the preset as it is. */
  readonly readAnswer: (
    ctx: Pick<Ctx, 'pool'>,
    asked: AskedUnit,
    form: { readonly mode: 'same' | 'filled_in'; readonly values: FormValues },
  ) => Promise<ReadForm<JsonInput>>;
  /** The form a unit prints, has stamped and uploads; from what is filled in so far. */
  readonly unitForm?: {
    readonly paper: PaperKind;
    readonly fill: (
      ctx: Pick<Ctx, 'pool'>,
      asked: AskedUnit,
      form: { readonly title: string; readonly values: FormValues },
    ) => Promise<PaperData>;
  };
  /** A form the bureau draws about each unit, from what was handed in or, before that, from the register. */
  readonly bureauForms?: {
    readonly paper: PaperKind;
    readonly fill: (
      ctx: Pick<Ctx, 'pool' | 'clock'>,
      asked: {
        readonly campaign: CampaignRecord;
        readonly tree: OrgTree;
        readonly targets: readonly PaperTarget[];
        readonly bureauName: string;
      },
    ) => Promise<
      readonly {
        readonly targetId: string;
        readonly folder: string;
        readonly title: string;
        readonly data: PaperData;
      }[]
    >;
  };
  /** Effects of the approval, in its transaction, through the owning slice's commands. @returns what came of it */
  readonly applyApproval: (
    tx: Tx,
    ctx: Ctx,
    approval: Approval & { readonly answers: readonly AcceptedAnswer[] },
    refuse: Refuse<EffectRefusal>,
  ) => Promise<JsonInput>;
  /**
   * True once the matter behind the campaign was called off for good: it is neither opened again nor approved. Left out by
   * kinds that are a matter of their own.
   */
  readonly isCalledOff?: (reader: Db | Tx, campaignId: string) => Promise<boolean>;
  /** Effects of the announcement, in its transaction. */
  readonly applyAnnouncement?: (
    tx: Tx,
    ctx: Ctx,
    announced: { readonly campaign: CampaignRecord; readonly documentNo: string; readonly day: Day },
  ) => Promise<void>;
}

const OWN: readonly CampaignWork[] = [entityWork, rosterWork];
const given = new WeakMap<Pool, readonly CampaignWork[]>();

/** Kinds of the slices above (exam registration, plans, reviews, year-end); set once by the composition root. */
export function provideCampaignKinds(pool: Pool, works: readonly CampaignWork[]): void {
  const codes = [...OWN, ...works].map((work) => work.kind.code);
  invariant(new Set(codes).size === codes.length, 'every kind of campaign has its own code');
  given.set(pool, works);
}

export function campaignWorks(ctx: Pick<Ctx, 'pool'>): readonly CampaignWork[] {
  return [...OWN, ...(given.get(ctx.pool) ?? [])];
}

/** Whether what the units of a campaign are asked for was called off for good. */
export async function isCalledOff(
  ctx: Pick<Ctx, 'pool'>,
  reader: Db | Tx,
  campaign: Pick<CampaignRecord, 'id' | 'kind'>,
): Promise<boolean> {
  return (await workOf(ctx, campaign).isCalledOff?.(reader, campaign.id)) ?? false;
}

export function findWork(ctx: Pick<Ctx, 'pool'>, code: string): CampaignWork | null {
  return campaignWorks(ctx).find((work) => work.kind.code === code) ?? null;
}

/** The work behind a stored campaign: its kind is known for as long as the campaign is. */
export function workOf(ctx: Pick<Ctx, 'pool'>, campaign: Pick<CampaignRecord, 'kind'>): CampaignWork {
  const work = findWork(ctx, campaign.kind);
  invariant(work, `the kind ${campaign.kind} is known`);
  return work;
}
