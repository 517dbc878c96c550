import type { Services } from '#app/accounts/part.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { contentHash } from './content-hash.ts';
import { readLawCalendar } from './law-calendar.server.ts';
import type { KnownQuestion, NewVersion } from './question.store.server.ts';
import {
  appendVersions,
  insertQuestions,
  listKnownQuestions,
  retireQuestions,
  setLiveVersions,
} from './question.store.server.ts';
import type { BrokenQuestion, FileQuestion } from './read-question-files.server.ts';
import { readQuestionFiles } from './read-question-files.server.ts';

/** Shipped content is written and reviewed as files in the repository, by two groups. */
export const SHIPPED_AUTHOR = '命题组';
const SHIPPED_REVIEWER = '审题组';

export interface BankReport {
  readonly total: number;
  readonly added: number;
  /** Questions whose text, key or citation differs from the live version. */
  readonly changed: number;
  /** Shipped questions that no file holds any more. */
  readonly retired: number;
  readonly broken: readonly BrokenQuestion[];
}

interface Plan {
  readonly versions: readonly NewVersion[];
  readonly live: readonly { questionId: string; versionNo: number }[];
}

/** What has to be written so that the bank says what the files say; content known as an older version is taken up again. */
function planVersions(questions: readonly FileQuestion[], known: ReadonlyMap<string, KnownQuestion>): Plan {
  const versions: NewVersion[] = [];
  const live: { questionId: string; versionNo: number }[] = [];
  for (const { code, content } of questions) {
    const question = known.get(code);
    invariant(question, 'every question of the files was inserted before');
    const hash = contentHash(content);
    const same = question.versions.find((version) => version.contentHash === hash);
    const versionNo = same?.versionNo ?? Math.max(0, ...question.versions.map((v) => v.versionNo)) + 1;
    if (!same)
      versions.push({
        questionId: question.id,
        versionNo,
        content,
        contentHash: hash,
        author: SHIPPED_AUTHOR,
        reviewer: SHIPPED_REVIEWER,
      });
    // A question that was frozen by a person stays frozen, whatever the file says.
    if (question.status !== 'frozen' && (versionNo !== question.liveVersionNo || question.status !== 'live'))
      live.push({ questionId: question.id, versionNo });
  }
  return { versions, live };
}

/** Shipped questions whose file entry is gone; a person's own questions are none of our business. */
function goneFrom(codes: ReadonlySet<string>, known: Iterable<KnownQuestion>): string[] {
  return [...known]
    .filter((one) => one.status === 'live' && one.liveAuthor === SHIPPED_AUTHOR && !codes.has(one.code))
    .map((one) => one.id);
}

/**
 * Brings `content/questions/` into the bank: new questions are added, changed ones get a further version, gone ones are
 * retired; sat papers keep what they froze. Idempotent, safe with several processes. A broken question is named in the
 * log and in the report, keeps its last version, and does not stop the others.
 */
export async function loadBank(services: Pick<Services, 'system' | 'rootDir'>): Promise<BankReport> {
  const { system } = services;
  const laws = await readLawCalendar(services.rootDir);
  const files = await readQuestionFiles(services.rootDir, laws);
  for (const broken of files.broken) system.log.error({ ...broken }, 'question left out');
  const isEveryFileReadable = files.broken.every((broken) => broken.where !== null);
  const outcome = await inTransaction(system, 'load-bank', async (tx) => {
    const before = new Map((await listKnownQuestions(tx)).map((one) => [one.code, one]));
    const missing = files.questions.filter((one) => !before.has(one.code)).map((one) => one.code);
    if (missing.length > 0) await insertQuestions(tx, missing);
    const known =
      missing.length > 0 ? new Map((await listKnownQuestions(tx)).map((one) => [one.code, one])) : before;
    const plan = planVersions(files.questions, known);
    if (plan.versions.length > 0) await appendVersions(tx, plan.versions);
    await setLiveVersions(tx, plan.live);
    const gone = isEveryFileReadable ? goneFrom(files.codes, before.values()) : [];
    await retireQuestions(tx, gone);
    const report: BankReport = {
      total: files.questions.length,
      added: missing.length,
      changed: plan.versions.filter((version) => version.versionNo > 1).length,
      retired: gone.length,
      broken: files.broken,
    };
    if (report.added + report.changed + report.retired > 0)
      await appendAudit(tx, system, {
        action: 'bank.load',
        subjectKind: 'question_bank',
        subjectId: null,
        detail: { added: report.added, changed: report.changed, retired: report.retired },
      });
    return report;
  });
  invariant(outcome.ok, 'loading the bank refuses nothing');
  return outcome.value;
}
