import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { PaperData } from '#app/office/document/paper.ts';
import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch } from '../batch.store.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import type { Registration } from '../registration/registration.store.server.ts';
import { listRegistrationsOf } from '../registration/registration.store.server.ts';
import { REGISTRATION_SUMMARY, REVIEW_SHEET } from './registration-papers.ts';
import { summariseByUnit, summaryData } from './summary.ts';

/** Papers of a whole batch, and of one unit in it, are found under these subjects. */
export const BATCH_SUBJECT = 'exam_batch';
export const UNIT_IN_BATCH_SUBJECT = 'exam_batch_unit';

/** What the 报名资格审查表 of one unit says; also drawn with the whole exam pack. */
export async function reviewSheetData(
  ctx: ActorCtx,
  facts: {
    readonly batch: Batch;
    readonly unitName: string;
    readonly people: readonly Registration[];
    readonly day: Day;
  },
): Promise<PaperData> {
  const { batch, unitName, people, day } = facts;
  const homes = await homeLinksOn(
    ctx.pool,
    people.map((one) => one.personId),
    day,
  );
  return {
    values: {
      考试批次: batch.title,
      单位名称: unitName,
      报名人数: String(people.length),
      符合人数: String(people.filter((one) => one.verdict === 'eligible').length),
    },
    rows: {
      人员: people.map((one) => {
        const home = homes.get(one.personId);
        return {
          姓名: one.personName,
          身份证号: one.idNumberMasked,
          编制性质: home === undefined ? '' : ESTABLISHMENT_LABELS[home.establishment],
          职务: home?.position ?? '',
          执法岗位: home === undefined ? '' : home.isEnforcementPost ? '是' : '否',
          审查情况: one.verdict === null ? '' : VERDICT_LABELS[one.verdict],
          说明: one.reasons.map((reason) => reason.text).join(''),
        };
      }),
    },
  };
}

/** 报名资格审查表 of one unit, for the unit itself or the bureau. Refusals: FORBIDDEN, NOT_FOUND, those of `drawPaper`. */
export async function drawReviewSheet(
  ctx: ActorCtx,
  input: { readonly batchId: string; readonly unitId: string; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  if (!mayDo(ctx, 'exam.read_registration')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'exam.read_registration');
  const batch = await findBatch(ctx.pool, input.batchId);
  const unit = tree.units.get(input.unitId);
  if (batch === null || unit === undefined || !unitIds.has(unit.id)) return refused('NOT_FOUND');
  const people = (await listRegistrationsOf(ctx.pool, batch.id, [unit.id])).filter(
    (one) => one.status !== 'withdrawn',
  );
  const day = dayOf(ctx.clock.now());
  return drawPaper(ctx, {
    paper: REVIEW_SHEET,
    regionId: unit.regionId,
    unitId: unit.id,
    subject: { kind: UNIT_IN_BATCH_SUBJECT, id: batch.id },
    title: `${REVIEW_SHEET.title}（${unit.name}）`,
    data: await reviewSheetData(ctx, { batch, unitName: unit.name, people, day }),
    commandId: input.commandId,
  });
}

/** 报名汇总表 of the batch. Refusals: FORBIDDEN, NOT_FOUND, those of `drawPaper`. */
export async function drawSummary(
  ctx: ActorCtx,
  input: { readonly batchId: string; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const { batch, tree } = taken.value;
  const office = (tree.unitsOfRegion.get(batch.regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  const regionName = tree.regions.get(batch.regionId)?.name ?? '';
  return drawPaper(ctx, {
    paper: REGISTRATION_SUMMARY,
    regionId: batch.regionId,
    subject: { kind: BATCH_SUBJECT, id: batch.id },
    title: `${REGISTRATION_SUMMARY.title}（${batch.title}）`,
    data: summaryData({
      title: batch.title,
      regionName,
      office: office?.name ?? regionName,
      units: summariseByUnit(await listRegistrationsOf(ctx.pool, batch.id)),
    }),
    commandId: input.commandId,
  });
}
