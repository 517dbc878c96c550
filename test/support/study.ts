import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Course } from '#app/training/course/content.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { answerChecks } from '#app/training/study/answer-checks.server.ts';
import { openStudyVisit } from '#app/training/study/open-visit.server.ts';
import type { BeatReply, SentBeat } from '#app/training/study/record-beats.server.ts';
import { createBeatRecorder } from '#app/training/study/record-beats.server.ts';
import { aCourse, serveCourses } from './course.ts';
import type { TestWorld } from './database.ts';
import { aPerson, aRegion, aUnit, anActor } from './world.ts';

/** The right answers to the two questions of `aLesson`. */
export const RIGHT = { c1: ['B'], c2: ['B'] };

/** What a beat of a test may say otherwise; left out = an attentive reader. */
export interface Says {
  readonly visible?: boolean;
  readonly active?: boolean;
  readonly present?: boolean;
  readonly choice?: number;
  readonly signs?: SentBeat['signs'];
  /** Place on the page in thousandths. */
  readonly at?: number;
}

let serial = 0;

/** Builders of people who study, for tests with a world of their own. */
export function studySteps(world: TestWorld) {
  /** A person with an account, an own course and unit: everything one test needs. */
  async function aReader(over: Partial<Course> = {}) {
    serial += 1;
    const { ctx } = world;
    const regionId = await aRegion(ctx);
    const unitId = await aUnit(ctx, { regionId });
    const personId = await aPerson(ctx, { unitId });
    const actor = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
    const slug = `course-${serial}`;
    const code = `T${serial}`;
    const course = await serveCourses(ctx, aCourse(slug, { code, ...over }));
    const [lesson] = course.lessons;
    if (!lesson) throw new Error('a course has a lesson');
    return { actor, personId, unitId, regionId, slug, code, lessonVersionId: lesson.lessonVersionId };
  }
  type Reader = Awaited<ReturnType<typeof aReader>>;

  async function open(actor: ActorCtx, slug: string, lesson = 'one', device?: string): Promise<string> {
    const opened = await openStudyVisit(actor, { courseSlug: slug, lessonSlug: lesson, device });
    if (!opened.ok) throw new Error(opened.code);
    return opened.value.visitId;
  }

  /** An open page that beats as the browser does. */
  function aPage(reader: Pick<Reader, 'personId'>, visitId: string) {
    let recorder = createBeatRecorder(world.ctx);
    let seq = 0;
    const send = async (number: number, says: Says = {}): Promise<BeatReply> => {
      const beat: SentBeat = {
        seq: number,
        isVisible: says.visible ?? true,
        isActive: says.active ?? true,
        isPresent: says.present ?? false,
        choice: says.choice ?? null,
        signs: says.signs ?? { touches: number % 3, moves: number % 7, scrolls: number % 5 },
        positionPermille: says.at ?? Math.min(number * 10, 1000),
      };
      const reply = await recorder.record({ personId: reader.personId, visitId, beat });
      if (!reply.ok) throw new Error(reply.code);
      return reply.value;
    };
    const beat = async (afterSeconds: number, says: Says = {}): Promise<BeatReply> => {
      world.clock.advanceSeconds(afterSeconds);
      const reply = await send(seq + 1, says);
      seq = reply.lastSeq;
      return reply;
    };
    return {
      beat,
      /** A request with any number, at this moment. */
      send,
      lastSeq: () => seq,
      /** Reads on without a pause. */
      read: async (seconds: number): Promise<void> => {
        for (let left = seconds; left > 0; left -= 30) await beat(Math.min(left, 30));
      },
      /** The server is started anew: what a process remembers is gone. */
      restart: (): void => {
        recorder = createBeatRecorder(world.ctx);
      },
    };
  }

  const answer = (
    reader: Pick<Reader, 'actor' | 'slug'>,
    answers: Record<string, string[]> = RIGHT,
    over: { lesson?: string; lessonVersionId?: string; commandId?: string } = {},
  ) =>
    answerChecks(reader.actor, {
      courseSlug: reader.slug,
      lessonSlug: over.lesson ?? 'one',
      answers,
      lessonVersionId: over.lessonVersionId,
      commandId: over.commandId ?? newId(),
    });

  /** `[kind, day, credit seconds]` of a year, newest first. */
  const ledgerOf = async (reader: Pick<Reader, 'personId'>, year: number) =>
    (await listEntriesOfYear(world.ctx.pool, reader.personId, year)).map(
      (entry): [string, string, number] => [entry.kind, entry.occurredDay, entry.creditSeconds],
    );

  const sumOf = async (reader: Pick<Reader, 'personId'>, ...years: number[]): Promise<number> => {
    const entries = await Promise.all(years.map((year) => ledgerOf(reader, year)));
    return entries.flat().reduce((sum, [, , seconds]) => sum + seconds, 0);
  };

  return { aReader, open, aPage, answer, ledgerOf, sumOf };
}
