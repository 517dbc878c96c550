import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { requireInstallation } from '#app/platform/db/installation.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { IMPORT_REFUSALS } from '#app/platform/import/import-refusals.ts';
import { annotatedRunFile } from '#app/platform/import/run/annotated-file.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportNow } from '#app/platform/import/run/import-now.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import { verdictWord } from '#app/platform/import/report.ts';
import { countsInWords, STATE_LOOKS } from '#app/platform/import/ui/import-words.ts';
import { fileRefusalText } from '#app/platform/import/workbook/file-refusal.ts';
import { refuseBySize } from '#app/platform/import/workbook/file-size.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import type { CommandKind } from './import-kinds.ts';
import { IMPORT_KINDS } from './import-kinds.ts';
import { consoleLog, runScript } from './run/script.ts';
import type { ScriptDatabase } from './run/script-database.ts';
import { MIGRATIONS_DIR, withDatabase } from './run/script-database.ts';

const HELP = `npm run import -- KIND FILE [--dry-run] [--good-rows] [--region CODE] [--as-of DAY] [--marked OUT]

Imports an office's own file (.xlsx, .xls, .csv; photos: .zip) into the database (DATABASE_URL, else the embedded one).
KIND         ${Object.keys(IMPORT_KINDS).join(' | ')}
--dry-run    report only, nothing is written
--good-rows  write the rows that are in order; without it one refused row stops the whole file
--region     code of the region whose units the file names; may be left out where there is one at the top
--as-of      day on which the file is true (YYYY-MM-DD, today)
--marked     writes the file back with red cells and a 错误说明 column
Exit codes: 0 all rows in order, 1 refused or failed, 2 called wrongly, 3 some rows were refused.
`;
const MAX_CONNECTIONS = 4;
const LISTED_ISSUES = 50;
const WRONG_CALL = 2;
const SOME_REFUSED = 3;

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  'good-rows': { type: 'boolean', default: false },
  region: { type: 'string' },
  'as-of': { type: 'string' },
  marked: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Call {
  readonly kind: CommandKind;
  readonly file: string;
  readonly mode: 'dry_run' | 'good_rows' | 'all_or_nothing';
  readonly region: string | undefined;
  readonly asOf: string | undefined;
  readonly marked: string | undefined;
}

/** The help was asked for, the call makes no sense (and why), or what to do. */
type ReadCall =
  | { readonly is: 'help' }
  | { readonly is: 'wrong'; readonly why: string }
  | { readonly is: 'call'; readonly call: Call };

const wrong = (why: string): ReadCall => ({ is: 'wrong', why });

function readCall(): ReadCall {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (values.help) return { is: 'help' };
  const [name, file] = positionals;
  if (name === undefined) return wrong('没有写导入种类 · the kind is missing');
  const kind = Object.hasOwn(IMPORT_KINDS, name) ? IMPORT_KINDS[name] : undefined;
  if (kind === undefined)
    return wrong(`没有“${name}”这种导入 · no such kind. KIND: ${Object.keys(IMPORT_KINDS).join(', ')}`);
  if (file === undefined) return wrong('没有写文件 · the file is missing');
  if (positionals.length > 2)
    return wrong(`多出的参数 · one argument too many: ${positionals.slice(2).join(' ')}`);
  const mode = values['dry-run'] ? 'dry_run' : values['good-rows'] ? 'good_rows' : 'all_or_nothing';
  const { region, marked } = values;
  return { is: 'call', call: { kind, file, mode, region, asOf: values['as-of'], marked } };
}

/** Looks at the size before a byte is read. */
async function readInput(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    const refusal = refuseBySize(size);
    if (refusal === null) return new Uint8Array(await readFile(file));
    const text = fileRefusalText(refusal);
    throw new StartProblem('FILE_REFUSED', { zh: text, en: `The file was refused (${refusal.code}).` });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new StartProblem('FILE_NOT_FOUND', { zh: `没有找到文件 ${file}。`, en: `No such file: ${file}` });
  }
}

async function runCall(ctx: Ctx, call: Call): Promise<number> {
  const { kind, file, mode } = call;
  const bytes = await readInput(file);
  const scope = await kind.scopeOf(ctx, call);
  const given = { scope, fileName: path.basename(file), bytes };
  const outcome = await kind.importNow(ctx, { ...given, mode });
  if (!outcome.ok) {
    if (outcome.code === 'HAS_REFUSED_ROWS') await reportDryRun(ctx, call, given);
    console.error(answerFor(outcome, IMPORT_REFUSALS).text);
    return 1;
  }
  const run = outcome.value;
  await report(ctx, kind, run);
  if (call.marked !== undefined) await writeMarked(ctx, run, call.marked);
  if (run.state !== 'applied' && run.state !== 'checked') return 1;
  return run.counts.refused > 0 ? SOME_REFUSED : 0;
}

/** The whole file was stopped by single rows: those are what the person needs to see. */
async function reportDryRun(ctx: Ctx, call: Call, given: Omit<ImportNow, 'mode'>): Promise<void> {
  const checked = await call.kind.importNow(ctx, { ...given, mode: 'dry_run' });
  if (!checked.ok) return;
  await report(ctx, call.kind, checked.value);
  if (call.marked !== undefined) await writeMarked(ctx, checked.value, call.marked);
}

async function report(ctx: Ctx, kind: CommandKind, run: ImportRun): Promise<void> {
  const state = run.mode === 'trial' ? '试算，没有写入' : STATE_LOOKS[run.state].word;
  console.log(`${kind.title} ${run.fileName}：${state}`);
  if (run.failure !== null) console.error(run.failure.text);
  if (run.state === 'needs_mapping') {
    console.error('有些列没有认准，请在网页上传一次并对应好列，之后同样表头的文件可以直接导入。');
  }
  for (const note of run.layout?.notes ?? []) console.log(`  ${note}`);
  reportColumns(run);
  const view = await importRunView(ctx, run, { page: 1, size: LISTED_ISSUES });
  if (view.counts.total > 0) console.log(`  ${countsInWords(view.counts, kind.rowWord)}`);
  for (const { verdict, sheetName, rowNumber, cell, reason, fix } of view.issues) {
    const place = `${sheetName} ${cell ?? `第 ${rowNumber} 行`}`;
    console.log(`  [${verdictWord(verdict)}] ${place}：${reason}${fix === null ? '' : `。${fix}`}`);
  }
  const more = view.issuesShown - view.issues.length;
  if (more > 0) console.log(`  …… 另有 ${more} 处`);
}

/** Columns that feed nothing: known ones that are left out on purpose, and those nobody knows. */
function reportColumns(run: ImportRun): void {
  for (const { title, letters, note, target } of run.layout?.columns ?? []) {
    if (target !== null) continue;
    console.log(`  ${letters} 列「${title}」没有读取${note === null ? '：不认识这一列的表头' : `：${note}`}`);
  }
}

async function writeMarked(ctx: Ctx, run: ImportRun, target: string): Promise<void> {
  const marked = await annotatedRunFile(ctx, run);
  if (marked.ok) await writeFile(target, marked.value.bytes);
  else console.error(answerFor(marked, IMPORT_REFUSALS).text);
}

async function withSystem(target: ScriptDatabase, work: (ctx: Ctx) => Promise<number>): Promise<number> {
  const { ownerUrl, servingUrl, secret } = target;
  await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: consoleLog });
  const log = createLogger({ level: 'warn' });
  const database = openDatabase({ url: servingUrl, maxConnections: MAX_CONNECTIONS, log });
  const secrets = createSecrets(secret);
  const system: Ctx = { ...database, clock: systemClock, secrets, log, actorId: null, requestId: 'import' };
  try {
    // Refuses a database that was made with another APP_SECRET: what is sealed here must open there.
    await requireInstallation(system, loadEnv());
    return await work(system);
  } finally {
    await database.close();
  }
}

await runScript(async () => {
  const read = readCall();
  if (read.is === 'help') {
    console.log(HELP);
    return 0;
  }
  if (read.is === 'wrong') {
    console.error(`${read.why}\n\n${HELP}`);
    return WRONG_CALL;
  }
  const { call } = read;
  return withDatabase((target) => withSystem(target, (ctx) => runCall(ctx, call)));
});
