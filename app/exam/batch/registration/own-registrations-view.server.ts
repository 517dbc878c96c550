import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { storedReasons } from '../../eligibility/reason.schema.ts';
import { REGISTRATION_STATUSES } from '../../sitting/registration.ts';

const ownRow = z.object({
  id: z.string(),
  title: z.string(),
  unitName: z.string(),
  status: z.enum(REGISTRATION_STATUSES),
  asked: z.enum(['defer', 'exempt']).nullable(),
  answerNote: z.string().nullable(),
  reasons: storedReasons,
  registeredAt: z.date(),
  hasSitting: z.boolean(),
});
export type OwnRegistration = z.infer<typeof ownRow>;

const MOST = 20;

/**
 * One's own registrations in batches, the newest first; those with a sitting stand among the exams and are left out once
 * they are approved. Refusal: FORBIDDEN.
 */
export async function viewOwnRegistrations(
  ctx: ActorCtx,
): Promise<Outcome<readonly OwnRegistration[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.read_own')) return refused('FORBIDDEN');
  const { rows } = await ctx.pool.query({
    name: 'exam-own-registrations',
    text: `select r.id, b.title, u.name as "unitName", r.status, r.asked, r.answer_note as "answerNote", r.reasons,
        r.registered_at as "registeredAt", r.sitting_id is not null as "hasSitting"
      from exam_registration r join exam_batch b on b.id = r.batch_id
        join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
          order by valid_from desc limit 1) u on true
      where r.person_id = $1 and not (r.sitting_id is not null and r.status = 'approved')
      order by r.registered_at desc, r.id limit ${MOST}`,
    values: [ownPersonId(ctx)],
  });
  return done(z.array(ownRow).parse(rows));
}
