import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { BatchRefusal } from '#app/office/document/draw-batch.server.ts';
import { startBatch } from '#app/office/document/draw-batch.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findBatch } from '../../batch/batch.store.server.ts';
import { reviewSheetData } from '../../batch/papers/draw-registration-paper.server.ts';
import { REGISTRATION_SUMMARY, REVIEW_SHEET } from '../../batch/papers/registration-papers.ts';
import { summariseByUnit, summaryData } from '../../batch/papers/summary.ts';
import { listRegistrationsOf } from '../../batch/registration/registration.store.server.ts';
import { listChangedResults, listReviewedResults } from './after.store.server.ts';
import { listPaperCandidates } from './candidates.store.server.ts';
import type { PackItem, PackResults } from './exam-pack.ts';
import { BEFORE, REVIEWS, examPack } from './exam-pack.ts';
import type { PackFacts } from './pack-data.ts';
import type { PackSitting } from './pack.store.server.ts';
import { findPackSitting, listPackRooms, listTicketHolders } from './pack.store.server.ts';
import { sittingData } from './sitting-data.ts';
import { SITTING_SUBJECT, officeOf, takePaperSitting } from './sitting-papers.server.ts';

/** 报名资格审查表 of each unit and 报名汇总表, as far as the sitting belongs to a batch. */
async function registrationItems(
  ctx: ActorCtx,
  tree: OrgTree,
  sitting: PackSitting,
  office: string,
): Promise<PackItem[]> {
  const batch = sitting.batchId === null ? null : await findBatch(ctx.pool, sitting.batchId);
  if (batch === null) return [];
  const all = await listRegistrationsOf(ctx.pool, batch.id);
  const day = dayOf(ctx.clock.now());
  const items: PackItem[] = [
    {
      paper: REGISTRATION_SUMMARY,
      title: REGISTRATION_SUMMARY.title,
      folder: BEFORE,
      data: summaryData({
        title: batch.title,
        regionName: tree.regions.get(batch.regionId)?.name ?? '',
        office,
        units: summariseByUnit(all),
      }),
    },
  ];
  const present = all.filter((one) => one.status !== 'withdrawn');
  for (const unitId of new Set(present.map((one) => one.unitId))) {
    const people = present.filter((one) => one.unitId === unitId);
    const unitName = people[0]?.unitName ?? '';
    items.push({
      paper: REVIEW_SHEET,
      title: `${REVIEW_SHEET.title}（${unitName}）`,
      folder: REVIEWS,
      data: await reviewSheetData(ctx, { batch, unitName, people, day }),
    });
  }
  return items;
}

/**
 * 整套考务文书: every paper of the exam in one zip, drawn in the background with progress (domain.md §11.2). Marks and
 * announcements come with it once the sitting is over. Refusals: FORBIDDEN, NOT_FOUND, and those of `startBatch`.
 */
export async function drawExamPack(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly commandId: string },
): Promise<Outcome<{ batchId: string }, BatchRefusal>> {
  const taken = await takePaperSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { tree } = taken.value;
  const sitting = await findPackSitting(ctx.pool, input.sittingId);
  if (sitting === null) return refused('NOT_FOUND');
  const now = ctx.clock.now();
  const office = officeOf(tree, sitting.regionId);
  const { examSubjectLabel } = await loadRules(ctx.pool, sitting.regionId, dayOf(now));
  const [rooms, people, candidates] = await Promise.all([
    listPackRooms(ctx.pool, sitting.id),
    listTicketHolders(ctx.pool, sitting.id),
    listPaperCandidates(ctx.pool, sitting.id),
  ]);
  const subject = examSubjectLabel.value;
  const facts: PackFacts = { sitting, office, subject, contact: ctx.actor.displayName, rooms, people };
  const list = sittingData({ sitting, candidates, office, subject });
  const results: PackResults | null =
    now < sitting.hardEndAt
      ? null
      : {
          scoreBook: list,
          passed: new Set(candidates.filter((one) => one.passed === true).map((one) => one.ticketNo)),
          changed: await listChangedResults(ctx.pool, sitting.id),
          reviewed: await listReviewedResults(ctx.pool, sitting.id),
        };
  const registration = await registrationItems(ctx, tree, sitting, office);
  const about = { kind: SITTING_SUBJECT, id: sitting.id };
  return startBatch(ctx, {
    title: `${sitting.title}（整套考务文书）`,
    subject: about,
    regionId: sitting.regionId,
    items: examPack(facts, { registration, signIn: list, results }).map((item) => ({
      ...item,
      subject: about,
    })),
    commandId: input.commandId,
  });
}
