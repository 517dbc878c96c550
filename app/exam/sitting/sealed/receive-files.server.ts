import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { EXAM_REFUSALS } from '../../refusals.ts';
import type { ReceivedFile } from './receive-sealed.server.ts';
import { receiveSealed } from './receive-sealed.server.ts';
import { MAX_SEALED_BYTES } from './sealed-limits.ts';

/** A hall hands in its sticks one after the other; this many at once stay within the edge's body limit. */
export const MAX_SEALED_FILES = 50;

export interface FileAnswer {
  readonly fileName: string;
  readonly received: ReceivedFile | null;
  /** Why it was not received; null when it was. */
  readonly refusal: string | null;
}

async function receiveOne(ctx: ActorCtx, file: File): Promise<FileAnswer> {
  const fileName = file.name;
  if (file.size > MAX_SEALED_BYTES)
    return { fileName, received: null, refusal: EXAM_REFUSALS.SEALED_FILE_UNREADABLE.text };
  const outcome = await receiveSealed(ctx, await file.text());
  if (outcome.ok) return { fileName, received: outcome.value, refusal: null };
  return { fileName, received: null, refusal: answerFor(outcome, EXAM_REFUSALS).text };
}

/** Takes in the files of one form, each for itself: a broken one does not keep the others out. */
export async function receiveFiles(ctx: ActorCtx, form: FormData): Promise<readonly FileAnswer[]> {
  const files = form
    .getAll('files')
    .filter((value): value is File => value instanceof File && value.size > 0);
  const answers: FileAnswer[] = [];
  for (const file of files.slice(0, MAX_SEALED_FILES)) answers.push(await receiveOne(ctx, file));
  for (const file of files.slice(MAX_SEALED_FILES))
    answers.push({
      fileName: file.name,
      received: null,
      refusal: `一次最多上传 ${MAX_SEALED_FILES} 个文件，请另行上传此文件。`,
    });
  return answers;
}
