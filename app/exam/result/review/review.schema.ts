import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { REVIEW_TEXT } from './review.ts';

const id = z.string().refine(isId);
const version = z.coerce.number().pipe(z.int().min(1));
const words = (missing: string, name: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(REVIEW_TEXT.least, missing)
    .max(REVIEW_TEXT.most, `${name}不超过 ${REVIEW_TEXT.most} 字。`);

/** 申请复核 of one version of one's own result. */
export const reviewRequest = z.object({
  commandId: id,
  resultVersion: version,
  reason: words('请写明申请复核的事由。', '事由'),
});

/** 答复 of the bureau, on the version of the result that was shown. */
export const reviewAnswer = z.object({
  commandId: id,
  reviewId: id,
  latestVersion: version,
  note: words('请写明复核情况和答复。', '答复'),
});
