import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { WAY_LABELS } from '#app/office/approval/second-person.ts';
import type { BatchInput, BatchRefusal } from '#app/office/document/draw-batch.server.ts';
import { startBatch } from '#app/office/document/draw-batch.server.ts';
import type { PaperData } from '#app/office/document/paper.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { formatInstant, formatRange } from '#app/platform/time/day.ts';
import type { SealRecord } from '../custody.store.server.ts';
import { listSeals, sitsThere } from '../custody.store.server.ts';
import { takeSitting } from '../open-sitting.server.ts';
import type { CustodySitting } from '../seal.store.server.ts';
import type { PrintedPaper } from './printed-data.ts';
import { answerSheetData, paperMark, questionPaperData } from './printed-data.ts';
import {
  ANSWER_SHEET,
  HANDING_OVER,
  PRINTED_PAPER_SUBJECT,
  QUESTION_PAPER,
  SEALED_SET_SUBJECT,
} from './printed-papers.ts';
import { listPrintedPapers } from './printed.store.server.ts';

export type PrintRefusal = BatchRefusal | 'NOT_RELEASED' | 'OWN_EXAM';
type Item = BatchInput['items'][number];

const folderOf = ({ roomNo, roomName }: PrintedPaper): string =>
  roomNo === null ? '' : `${String(roomNo).padStart(2, '0')} ${roomName ?? ''}`;

/** One file for each paper, or for each of the two sets. */
function questionPapers(sitting: CustodySitting, papers: readonly PrintedPaper[]): Item[] {
  const sets = new Map<string, PrintedPaper[]>();
  for (const paper of papers) {
    const key = paper.variant ?? paper.paperId;
    sets.set(key, [...(sets.get(key) ?? []), paper]);
  }
  return [...sets.values()].flatMap((same) =>
    same.slice(0, 1).map((paper) => {
      const isOwn = paper.variant === null;
      return {
        paper: QUESTION_PAPER,
        subject: { kind: PRINTED_PAPER_SUBJECT, id: paper.paperId },
        title: isOwn
          ? `${paper.ticketNo} ${paper.name} 试卷`
          : `${paper.variant ?? ''}卷 试卷（印 ${same.length} 份）`,
        folder: isOwn ? folderOf(paper) : '',
        data: questionPaperData(sitting, paper, isOwn),
      };
    }),
  );
}

const answerSheets = (sitting: CustodySitting, papers: readonly PrintedPaper[]): Item[] =>
  papers.map((paper) => ({
    paper: ANSWER_SHEET,
    subject: { kind: PRINTED_PAPER_SUBJECT, id: paper.paperId },
    title: `${paper.ticketNo} ${paper.name} 答题卡`,
    folder: folderOf(paper),
    data: answerSheetData(sitting, paper),
  }));

function bothOf(people: {
  readonly filedByName: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedWay: SealRecord['confirmedWay'];
}): string {
  if (people.filedByName === null || people.confirmedWay === null) return '系统';
  const checker =
    people.confirmedWay === 'signed_form' ? WAY_LABELS.signed_form : `复核 ${people.confirmedByName ?? ''}`;
  return `经办 ${people.filedByName}，${checker}`;
}

function handingOverData(
  tree: OrgTree,
  sitting: CustodySitting,
  seal: SealRecord,
  papers: readonly PrintedPaper[],
): PaperData {
  const rooms = new Map<string, PrintedPaper[]>();
  for (const paper of papers) {
    const room = paper.roomName ?? '未编排考场';
    rooms.set(room, [...(rooms.get(room) ?? []), paper]);
  }
  const office = (tree.unitsOfRegion.get(sitting.regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  return {
    values: {
      场次: sitting.title,
      考试时间: formatRange(sitting.opensAt, sitting.hardEndAt),
      组织单位: office?.name ?? tree.regions.get(sitting.regionId)?.name ?? '',
      封卷情况: `第${seal.sealNo}次封卷，共${seal.paperCount}份，${formatInstant(seal.occurredAt)}`,
      封卷人员: bothOf(seal),
      启封人员: seal.release === null ? '' : bothOf(seal.release),
      试卷摘要: seal.setHash,
    },
    rows: {
      考场清单: [...rooms].map(([room, its]) => ({
        考场: room,
        卷别: seal.paperMode === 'ab' ? variantCounts(its) : '一人一卷',
        试卷份数: String(its.length),
        答题卡份数: String(its.length),
      })),
    },
  };
}

function variantCounts(papers: readonly PrintedPaper[]): string {
  const count = (variant: 'A' | 'B'): number => papers.filter((one) => one.variant === variant).length;
  return `A卷${count('A')}、B卷${count('B')}`;
}

/**
 * Has the printable set drawn in the background into one zip: question papers (one a candidate, or the two sets), an
 * answer sheet for every registration, the handing-over list. Only of a set that two people have released as it is now.
 * Refuses FORBIDDEN, NOT_FOUND, OWN_EXAM (nobody who is registered for the sitting), NOT_RELEASED, and those of `startBatch`.
 * @param input.roomNo one room; null: the whole sitting
 */
export async function printSet(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly roomNo: number | null; readonly commandId: string },
): Promise<Outcome<{ batchId: string }, PrintRefusal>> {
  const taken = await takeSitting(ctx, 'exam.seal', input.sittingId);
  if (!taken.ok) return taken;
  const sitting = taken.value;
  if (await sitsThere(ctx.db, sitting.id, await personKeyOf(ctx.db, ctx.actorId))) return refused('OWN_EXAM');
  const [seal] = await listSeals(ctx.pool, sitting.id);
  if (!seal?.release) return refused('NOT_RELEASED');
  const papers = await listPrintedPapers(ctx.pool, sitting.id, input.roomNo);
  const list: Item = {
    paper: HANDING_OVER,
    subject: { kind: SEALED_SET_SUBJECT, id: sitting.id },
    title: `密封试卷交接单（${paperMark(seal.setHash)}）`,
    data: handingOverData(await currentTree(ctx), sitting, seal, papers),
  };
  const room = input.roomNo === null ? '' : `（${papers[0]?.roomName ?? ''}）`;
  return startBatch(ctx, {
    title: `${sitting.title}密封试卷${room}`,
    subject: { kind: SEALED_SET_SUBJECT, id: sitting.id },
    regionId: sitting.regionId,
    items:
      papers.length === 0 ? [] : [list, ...questionPapers(sitting, papers), ...answerSheets(sitting, papers)],
    commandId: input.commandId,
  });
}
