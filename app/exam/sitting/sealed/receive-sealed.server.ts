import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { privateAgreementKey } from '#app/platform/secret/agreement-key.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { compareEvents } from '../fold.ts';
import { journalAnswers } from '../save-answers.server.ts';
import type { SentAnswer } from '../wire.ts';
import { numberedBelow, numbersIn } from './file-numbers.ts';
import { openSealed } from './sealed-file.ts';
import type { SealedOutcome } from './sealed.schema.ts';
import { sealedContent, sealedFileText } from './sealed.schema.ts';
import type { SealedTarget } from './sealed.store.server.ts';
import {
  findOvertaken,
  findSealedTarget,
  insertSealedFile,
  listNumbered,
  numberAgain,
} from './sealed.store.server.ts';
import { SEALED_PURPOSE, sealedProof } from './sealing.server.ts';

export type ReceiveRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'NOT_BEGUN' | 'SEALED_FILE_UNREADABLE' | 'SEALED_FILE_NOT_GENUINE';

export interface ReceivedFile {
  readonly personName: string;
  readonly sittingTitle: string;
  readonly eventCount: number;
  readonly outcome: SealedOutcome;
  /** This very file was received before; nothing was added. */
  readonly isRepeat: boolean;
}

type Opened = { readonly attemptId: string; readonly content: ReturnType<typeof sealedContent.parse> };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is one of the ways in which a file can be unreadable.
    return null;
  }
}

async function open(ctx: ActorCtx, text: string): Promise<Outcome<Opened, ReceiveRefusal>> {
  const file = sealedFileText.safeParse(parseJson(text));
  if (!file.success) return refused('SEALED_FILE_UNREADABLE');
  const key = await privateAgreementKey(ctx, file.data.keyId, SEALED_PURPOSE);
  const plain = key ? await openSealed(file.data, key) : null;
  const content = plain === null ? null : sealedContent.safeParse(parseJson(plain));
  if (!content?.success) return refused('SEALED_FILE_UNREADABLE');
  const { attemptId } = file.data;
  const { proof, epoch } = content.data;
  if (proof !== sealedProof(ctx.secrets, attemptId, epoch)) return refused('SEALED_FILE_NOT_GENUINE');
  return done({ attemptId, content: content.data });
}

type Stored = Awaited<ReturnType<typeof journalAnswers>>;
type Submit = (events: readonly SentAnswer[]) => Promise<Stored>;

/** More than one only while somebody else stores answers of the same attempt in the same moment. */
const MOST_ROUNDS = 3;

/** The answers among these that nothing later in the file has overtaken: they still say what the candidate wants. */
function wanted(events: readonly SentAnswer[], keys: Stored['conflicts']): SentAnswer[] {
  const named = new Set(keys.map(({ epoch, seq }) => `${epoch}.${seq}`));
  const ordered = [...events].sort(compareEvents);
  const latest = new Map(ordered.map((event) => [event.position, event]));
  return ordered.filter(
    (event) => latest.get(event.position) === event && named.has(`${event.epoch}.${event.seq}`),
  );
}

/**
 * What a page with network does with an answer whose number something else has taken: it is stored under the next free
 * one. A device that was full may give a number out twice, once in an earlier file or over the network, and does not know.
 * The same file again finds its answers by what they say.
 */
async function journalAgain(
  submit: Submit,
  pool: Pool,
  attemptId: string,
  conflicting: readonly SentAnswer[],
): Promise<Pick<Stored, 'stored' | 'conflicts'>> {
  const stored: Stored['stored'][number][] = [];
  let left = conflicting;
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round += 1) {
    const numbered = await numberAgain(pool, attemptId, left);
    const ack = await submit(numbered);
    stored.push(...ack.stored);
    left = wanted(numbered, ack.conflicts);
  }
  return { stored, conflicts: left };
}

/**
 * An answer that the journal has overtaken comes into it below what overtook it, so that nothing that was entered stands
 * beside the journal alone. By the clock of the device it is the older one; of a clock that was set back between two pages
 * that both were without network nobody can know, and a replay shows both.
 */
async function journalBelow(
  submit: Submit,
  pool: Pool,
  attemptId: string,
  overtaken: readonly SentAnswer[],
): Promise<Stored['stored']> {
  if (overtaken.length === 0) return [];
  const epochs = [...new Set(overtaken.map(({ epoch }) => epoch))];
  const below = numberedBelow(await listNumbered(pool, attemptId, epochs), overtaken);
  return (await submit(below)).stored;
}

/** The same judgement as for every save: what comes after close_at is late, and from a replaced device foreign. */
async function journal(ctx: ActorCtx, opened: Opened, target: SealedTarget): Promise<SealedOutcome> {
  const { epoch, events } = opened.content;
  const { attemptId } = opened;
  const receivedAt = ctx.clock.now();
  // The proof stands for the device's key; a file of an earlier epoch shows none.
  const deviceKeyHash = epoch === target.deviceEpoch ? target.deviceKeyHash : sha256('no device');
  const submit: Submit = (some) =>
    journalAnswers(ctx, { attemptId, accountId: target.accountId, deviceKeyHash, receivedAt, events: some });
  const epochs = [...new Set(events.map((event) => event.epoch))];
  const numberIn = numbersIn(await listNumbered(ctx.pool, attemptId, epochs));
  const known = events.flatMap((event) => {
    const seq = numberIn(event);
    return seq === null ? [] : [{ ...event, seq }];
  });
  const ack = await submit(events.filter((event) => numberIn(event) === null));
  const inFile = wanted(events, ack.conflicts);
  const isOvertaken = await findOvertaken(ctx.pool, attemptId, inFile);
  const conflicting = inFile.filter((_, index) => isOvertaken[index] === false);
  const overtaken = inFile.filter((_, index) => isOvertaken[index] === true);
  const again = await journalAgain(submit, ctx.pool, attemptId, conflicting);
  const below = await journalBelow(submit, ctx.pool, attemptId, overtaken);
  const stored = [...ack.stored, ...(await submit(known)).stored, ...again.stored, ...below];
  const count = (standing: string): number => stored.filter((event) => event.standing === standing).length;
  return {
    counted: count('counted'),
    late: count('late'),
    foreign: count('foreign'),
    afterHandIn: count('after_hand_in'),
    conflicts: ack.conflicts.length - conflicting.length + again.conflicts.length - below.length,
    notOnPaper: ack.notOnPaper.length,
  };
}

/**
 * Takes a sealed answer file into the journal (design.md §3, Exam time): idempotent with what had arrived over the
 * network, by (attempt, epoch, seq). Nothing is counted that was not received by close_at; counting what came late is a
 * person's decision of its own. Refuses FORBIDDEN, NOT_FOUND (also outside the actor's regions), NOT_BEGUN before the
 * attempt's bell,
 * SEALED_FILE_UNREADABLE (altered, cut, another installation's) and SEALED_FILE_NOT_GENUINE (no page of this attempt
 * and epoch has made it).
 */
export async function receiveSealed(
  ctx: ActorCtx,
  text: string,
): Promise<Outcome<ReceivedFile, ReceiveRefusal>> {
  if (!mayDo(ctx, 'exam.receive_sealed')) return refused('FORBIDDEN');
  const opened = await open(ctx, text);
  if (!opened.ok) return opened;
  const { attemptId, content } = opened.value;
  const target = await findSealedTarget(ctx.pool, attemptId);
  const { regionIds } = await reachFor(ctx, 'exam.receive_sealed');
  if (!target || !regionIds.has(target.regionId)) return refused('NOT_FOUND');
  // Nothing is stored before the bell: the file is to be brought again then, not taken for received.
  if (ctx.clock.now().getTime() < target.startedAt.getTime()) return refused('NOT_BEGUN');
  const outcome = await journal(ctx, opened.value, target);
  const eventCount = content.events.length;
  const kept = await inTransaction(ctx, 'receive-sealed', async (tx) => {
    const isNew = await insertSealedFile(tx, {
      attemptId,
      fileHash: sha256(text),
      eventCount,
      outcome,
      receivedBy: ctx.actorId,
      receivedAt: ctx.clock.now(),
    });
    if (isNew)
      await appendAudit(tx, ctx, {
        action: 'exam.receive_sealed',
        subjectKind: 'attempt',
        subjectId: attemptId,
        regionId: target.regionId,
        unitId: target.unitId,
        detail: { eventCount, ...outcome },
      });
    return isNew;
  });
  const { personName, sittingTitle } = target;
  return done({ personName, sittingTitle, eventCount, outcome, isRepeat: !(kept.ok && kept.value) });
}
