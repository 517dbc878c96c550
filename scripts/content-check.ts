import path from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf } from '#app/platform/time/day.ts';
import type { ContentReport, CourseFigures } from '#app/training/course/check-content.server.ts';
import { checkContent } from '#app/training/course/check-content.server.ts';
import { compileAll } from '#app/training/course/load-courses.server.ts';
import { floorToHundredths } from '#app/training/ledger/hours.ts';
import { runScript } from '#scripts/run/script.ts';

const HELP = `npm run content:check [-- --root FOLDER]

Compiles every lesson and checks front matter, components, links, honest length (300 characters a minute, 1 minute a
question, media; 0.7 to 1.5 times) and every citation of lessons and questions against content/laws.yaml.
Prints courses, lessons, characters, true hours and citations. Exit code 0 when all is well, 1 with every fault named.
`;

/** True hours: nominal minutes at 45 minutes each, floored once. */
const hoursText = (minutes: number): string => (floorToHundredths(minutes * 60) / 100).toFixed(2);

function courseLine(course: CourseFigures): string {
  return [
    course.code.padEnd(4),
    `${course.lessons} lessons`.padEnd(11),
    `${course.characters} characters`.padEnd(18),
    `${course.checks} questions`.padEnd(14),
    `${course.citations} citations`.padEnd(15),
    `${course.nominalMinutes} min = ${hoursText(course.nominalMinutes)} 学时`.padEnd(22),
    course.title,
  ].join('');
}

function print(report: ContentReport): void {
  for (const course of report.courses) console.log(courseLine(course));
  const sum = (of: (course: CourseFigures) => number): number =>
    report.courses.reduce((total, course) => total + of(course), 0);
  const minutes = sum((course) => course.nominalMinutes);
  console.log(
    `In all: ${report.courses.length} courses, ${sum((one) => one.lessons)} lessons, ` +
      `${sum((one) => one.characters)} characters, ${sum((one) => one.checks)} checks, ` +
      `${sum((one) => one.mediaMinutes)} min of media, ${minutes} min = ${hoursText(minutes)} 学时, ` +
      `${sum((one) => one.citations)} citations in lessons; ${report.questions} questions, each with its citation`,
  );
  for (const fault of report.faults) console.error(`content/${fault.file}: ${fault.text}`);
  console.log(report.faults.length === 0 ? 'content: no fault' : `content: ${report.faults.length} faults`);
}

await runScript(async () => {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const root = path.resolve(values.root ?? process.cwd());
  const content = await compileAll(root);
  const report = await checkContent(path.join(root, 'content'), content, dayOf(new Date()));
  print(report);
  return report.faults.length === 0 ? 0 : 1;
});
