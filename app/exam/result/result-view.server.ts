import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, dayOf } from '#app/platform/time/day.ts';
import { SECTIONS, articleNumeral, citationText } from '../bank/question.ts';
import type { FrozenItem } from '../paper/frozen-paper.ts';
import type { ItemResult, SectionResult } from './grading.ts';
import { releaseOf } from './release.ts';
import type { Release } from './release.ts';
import type { ResultVersion } from './result.store.server.ts';
import { findOwnResult, listExplanations } from './result.store.server.ts';

/** An item that was not answered rightly, with what would have been right and why. */
export interface WrongItem {
  readonly position: number;
  readonly stem: string;
  readonly type: FrozenItem['type'];
  readonly options: readonly { readonly letter: string; readonly text: string }[];
  readonly choice: string;
  readonly key: readonly string[];
  readonly explanation: string;
  /** Empty where the explanation names the article. */
  readonly citation: string;
}

export interface ResultView {
  readonly kind: 'result';
  readonly title: string;
  readonly personName: string;
  readonly ticketNo: string;
  readonly scoreHundredths: number;
  readonly fullMarkHundredths: number;
  readonly passMarkHundredths: number;
  readonly passed: boolean;
  readonly gradedAt: Date;
  readonly isHandedIn: boolean;
  /** More than 1 after a correction by the bureau. */
  readonly versionNo: number;
  /** All versions, oldest first: a correction never takes the earlier one away. */
  readonly versions: readonly ResultVersion[];
  readonly correctCount: number;
  readonly itemCount: number;
  readonly sections: readonly SectionResult[];
  readonly release: Release;
  readonly wrongItems: readonly WrongItem[];
  /** Tries that are left in this sitting. */
  readonly triesLeft: number;
  readonly subjectLabel: string;
  /** Last day on which a pass entitles to apply for the certificate, by the region's rule. */
  readonly claimUntil: Day;
  /** First characters of the paper's hash: what was graded is what was frozen. */
  readonly paperMark: string;
}

const HASH_SHOWN = 16;

/** The citation, unless the explanation names the article itself. */
function citationBeside(said: { explanation: string; law: string; article: number }): string {
  return said.explanation.includes(`第${articleNumeral(said.article)}条`) ? '' : citationText(said);
}

/** In the order of the syllabus, whatever order the paper had. */
function inSyllabusOrder(sections: readonly SectionResult[]): SectionResult[] {
  return [...sections].sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section));
}

async function wrongItemsOf(
  pool: Pool,
  items: readonly FrozenItem[],
  results: readonly ItemResult[],
): Promise<WrongItem[]> {
  const byPosition = new Map(results.map((result) => [result.position, result]));
  const wrong = items.filter((item) => byPosition.get(item.position)?.isCorrect === false);
  const explanations = new Map(
    (
      await listExplanations(
        pool,
        wrong.map((item) => item.questionVersionId),
      )
    ).map((row) => [row.versionId, row]),
  );
  return wrong.map((item) => {
    const said = explanations.get(item.questionVersionId);
    return {
      position: item.position,
      stem: item.stem,
      type: item.type,
      options: item.options.map(({ letter, text }) => ({ letter, text })),
      choice: byPosition.get(item.position)?.choice ?? '',
      key: item.key,
      explanation: said?.explanation ?? '',
      citation: said ? citationBeside(said) : '',
    };
  });
}

/** No result: the attempt still runs or is about to be closed, or it was voided without one. */
export interface PendingView {
  readonly kind: 'pending';
  readonly isRunning: boolean;
}

/** Graded, and kept back until the bureau releases the results of the sitting. */
export interface WithheldView {
  readonly kind: 'withheld';
  readonly title: string;
  readonly personName: string;
  readonly ticketNo: string;
}

/**
 * The result of one's own attempt, in its latest version; withheld where the bureau releases results and has not yet.
 * Refuses NOT_FOUND.
 */
export async function viewResult(
  ctx: ActorCtx,
  attemptId: string,
): Promise<Outcome<ResultView | PendingView | WithheldView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.read_own')) return refused('FORBIDDEN');
  const row = await findOwnResult(ctx.pool, attemptId, ctx.actorId);
  if (!row) return refused('NOT_FOUND');
  const { versionNo, scoreHundredths, passed, gradedAt, sections, items } = row;
  if (versionNo === null || scoreHundredths === null || passed === null || gradedAt === null || !items)
    return done({ kind: 'pending', isRunning: row.state === 'in_progress' });
  // A void attempt has no result to show, whatever was graded before; its versions stay on record.
  if (row.state === 'void') return done({ kind: 'pending', isRunning: false });
  // Ended by the invigilator while waiting for the bell: what the paper asks is still a secret.
  const isBeforeBell = ctx.clock.now().getTime() < row.startedAt.getTime();
  if (row.isWithheld || isBeforeBell)
    return done({ kind: 'withheld', title: row.title, personName: row.personName, ticketNo: row.ticketNo });
  const gradedDay = dayOf(gradedAt);
  const rules = await loadRules(ctx.pool, row.regionId, gradedDay);
  const release = releaseOf(row);
  return done({
    kind: 'result',
    title: row.title,
    personName: row.personName,
    ticketNo: row.ticketNo,
    scoreHundredths,
    fullMarkHundredths: row.fullMarkHundredths,
    passMarkHundredths: row.passMarkHundredths,
    passed,
    gradedAt,
    isHandedIn: row.handedInAt !== null,
    versionNo,
    versions: row.versions,
    correctCount: items.filter((item) => item.isCorrect).length,
    itemCount: items.length,
    sections: inSyllabusOrder(sections ?? []),
    release,
    wrongItems: release === 'explanations' ? await wrongItemsOf(ctx.pool, row.content.items, items) : [],
    triesLeft: Math.max(0, row.attemptLimit - row.attemptNo),
    subjectLabel: rules.examSubjectLabel.value,
    // The day itself is the first of the months: the same last day as in the register of qualifications.
    claimUntil: addDays(addMonths(gradedDay, rules.qualificationClaimMonths.value), -1),
    paperMark: row.contentHash.slice(0, HASH_SHOWN),
  });
}
