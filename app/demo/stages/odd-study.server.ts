import { z } from 'zod';
import { startOfDay } from '#app/platform/time/day.ts';
import { examineStudy } from '#app/training/study/examine-study.server.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedStudy, PlannedVisit } from '../plan/odd-study.ts';
import { planOddStudy } from '../plan/odd-study.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { withOwner } from '../seed-run.server.ts';

const PROMPT_AFTER_MS = 15 * 60_000;

/** Lessons of the library by the name of their course; the content is loaded before the seed runs. */
async function listLessons(run: SeedRun): Promise<string[]> {
  const { rows } = await run.ctx.pool.query(
    `select l.id::text from lesson_version l join course_version v on v.id = l.course_version_id
     join course c on c.id = v.course_id order by l.nominal_seconds desc, c.slug, l.position limit 8`,
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

interface Told extends PlannedVisit {
  readonly id: string;
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly startMs: number;
}

const endOf = ({ startMs, beats, everyMs }: Told): Date => new Date(startMs + beats * everyMs);

function visitRow(visit: Told): CopyValue[] {
  const { id, personId, lessonVersionId, startMs, beats } = visit;
  const ended = endOf(visit);
  return [
    ...[id, personId, lessonVersionId, new Date(startMs), ended, beats],
    ...[new Date(startMs + PROMPT_AFTER_MS), ended, 'replaced'],
  ];
}

/** The opening, then beat after beat; the hand on the page moves on like a reader's. */
function* beatRows(visit: Told, day: string): Generator<CopyValue[]> {
  const { id, personId, lessonVersionId, startMs, beats, everyMs, device, wrongAt } = visit;
  const row = (seq: number, standing: string, evidence: object): CopyValue[] => {
    const [from, to] = [startMs + (seq - 1) * everyMs, startMs + seq * everyMs];
    const isVerified = standing === 'verified';
    return [
      ...[
        demoId(`beat:${id}:${seq}`, day),
        id,
        seq,
        personId,
        lessonVersionId,
        new Date(seq === 0 ? startMs : to),
      ],
      ...[isVerified ? new Date(from) : null, isVerified ? new Date(to) : null, standing],
      JSON.stringify(evidence),
    ];
  };
  yield row(0, 'opened', { device });
  for (let seq = 1; seq <= beats; seq += 1) {
    const at = Math.floor((1000 * seq) / (beats + 1));
    const hand = { touches: seq % 3, moves: 4 + (seq % 5), scrolls: 1 + (seq % 4) };
    const isWrong = wrongAt.includes(seq);
    yield row(seq, isWrong ? 'wrong_answer' : 'verified', {
      ...{ visible: true, active: true, present: isWrong, at, ...hand },
    });
  }
}

const VISIT_COLUMNS = [
  ...['id', 'person_id', 'lesson_version_id', 'started_at', 'last_beat_at', 'last_seq'],
  ...['prompt_due_at', 'ended_at', 'end_reason'],
];
const BEAT_COLUMNS = [
  ...['id', 'visit_id', 'seq', 'person_id', 'lesson_version_id', 'received_at'],
  ...['verified_from', 'verified_to', 'standing', 'evidence'],
];

function visitsOf(study: PlannedStudy, personId: string, lessons: readonly string[]): Told[] {
  const midnight = startOfDay(study.day).getTime();
  return study.visits.map((visit, index) => ({
    ...visit,
    id: demoId(`visit:${study.key}:${index}`, study.day),
    personId,
    lessonVersionId: lessons[visit.lesson % lessons.length] ?? '',
    startMs: midnight + visit.startSecond * 1000,
  }));
}

/** Some study out of the ordinary, by COPY; what is odd about it is found by the room's own rules. */
export async function seedOddStudy(run: SeedRun, ids: PersonIds): Promise<void> {
  const lessons = await listLessons(run);
  const days = planOddStudy(run.plan).map((study) => ({
    study,
    visits: visitsOf(study, ids(study.person), lessons),
  }));
  const first = days[0]?.visits[0];
  if (first === undefined || lessons.length === 0) return;
  await withOwner(run, (client) =>
    once(client, { table: 'study_visit', id: first.id }, async () => {
      await copyRows(
        client,
        'study_visit',
        VISIT_COLUMNS,
        days.flatMap(({ visits }) => visits.map(visitRow)),
      );
      const beats = days.flatMap(({ study, visits }) =>
        visits.flatMap((visit) => [...beatRows(visit, study.day)]),
      );
      await copyRows(client, 'study_beat', BEAT_COLUMNS, beats);
    }),
  );
  await examineStudy(run.ctx);
  run.progress(`学习核查：${days.length} 人`);
}
