import type { PaperData, PaperKind } from '#app/office/document/paper.ts';
import { formatFullRange } from '#app/platform/time/day.ts';
import type { Candidate, PaperSitting } from './candidates.store.server.ts';
import { EXAM_SIGN_IN, SCORE_BOOK } from './sitting-papers.ts';

/** The score book waits until the sitting is over; before that its figures would still move. */
export function papersOfSitting(sitting: Pick<PaperSitting, 'hardEndAt'>, now: Date): readonly PaperKind[] {
  return now >= sitting.hardEndAt ? [SCORE_BOOK, EXAM_SIGN_IN] : [EXAM_SIGN_IN];
}

/** 8750 → 87.5 */
function scoreText(hundredths: number | null): string {
  return hundredths === null ? '' : String(hundredths / 100);
}

/** What the 备注 of a line says: nothing for who sat. */
function remarkOf({ hasStarted, isDeferred }: Candidate): string {
  if (hasStarted) return '';
  return isDeferred ? '缓考' : '缺考';
}

/** One person's line says 缺考 where nobody came (缓考 where that was excused), and nothing about passing before a grade. */
export function sittingData(facts: {
  readonly sitting: Pick<PaperSitting, 'title' | 'opensAt' | 'hardEndAt'>;
  readonly candidates: readonly Candidate[];
  readonly office: string;
  readonly subject: string;
}): PaperData {
  const { sitting, candidates, office, subject } = facts;
  const count = (test: (candidate: Candidate) => boolean): string => String(candidates.filter(test).length);
  return {
    values: {
      场次: sitting.title,
      考试时间: formatFullRange(sitting.opensAt, sitting.hardEndAt),
      组织单位: office,
      科目: subject,
      应考人数: String(candidates.length),
      实考人数: count((one) => one.hasStarted),
      合格人数: count((one) => one.passed === true),
    },
    rows: {
      考生: candidates.map((one) => ({
        准考证号: one.ticketNo,
        姓名: one.name,
        身份证号: one.idNumberMasked,
        单位名称: one.unitName,
        批次: sitting.title,
        考试科目: subject,
        成绩: scoreText(one.scoreHundredths),
        是否合格: one.passed === null ? '' : one.passed ? '合格' : '不合格',
        备注: remarkOf(one),
      })),
    },
  };
}
