import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { withdrawGrade, recordGrades } from './grades.server.ts';
import type { GradeRefusal } from './grades.server.ts';
import type { HonourRefusal } from './honours.server.ts';
import { awardPerson, withdrawHonour } from './honours.server.ts';
import type { PersonAct } from './register.schema.ts';
import type { RegisterRefusal } from './registers.server.ts';
import {
  appointReviewer,
  endReviewer,
  endSupervisionCard,
  enterSupervisionCard,
} from './registers.server.ts';

/** Does what one of the small forms of a person's page asks for; each command authorises by itself. */
export function actOnPerson(
  ctx: ActorCtx,
  personId: string,
  act: PersonAct,
): Promise<Outcome<unknown, RegisterRefusal | GradeRefusal | HonourRefusal>> {
  switch (act.intent) {
    case 'reviewer':
      return appointReviewer(ctx, personId, act);
    case 'reviewer-end':
      return endReviewer(ctx, personId, act);
    case 'supervision':
      return enterSupervisionCard(ctx, personId, act);
    case 'supervision-end':
      return endSupervisionCard(ctx, personId, act);
    case 'grade': {
      const { year, grade, reason = null, commandId } = act;
      return recordGrades(ctx, { year, entries: [{ personId, grade, reason }], commandId });
    }
    case 'grade-withdraw':
      return withdrawGrade(ctx, personId, act);
    case 'honour': {
      const { intent: _, documentNo = null, ...honour } = act;
      return awardPerson(ctx, personId, { ...honour, documentNo });
    }
    case 'honour-withdraw':
      return withdrawHonour(ctx, act);
  }
}
