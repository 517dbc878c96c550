import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const SLOWEST_SHOWN = 15;

interface Tool {
  readonly name: string;
  readonly args: readonly string[];
}

/** Each tool counts as one test. The others need the generated client, and each lane has a core to itself. */
const FIRST: Tool = { name: 'generate', args: ['node_modules/prisma/build/index.js', 'generate'] };
const LANES: readonly (readonly Tool[])[] = [
  [
    {
      name: 'lint',
      args: ['node_modules/eslint/bin/eslint.js', '--config', 'scripts/checks/eslint.config.js', '.'],
    },
  ],
  [
    { name: 'architecture', args: ['--import', 'tsx', 'scripts/checks/architecture.ts'] },
    { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
    {
      name: 'format',
      args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    },
    { name: 'content', args: ['--import', 'tsx', 'scripts/content-check.ts'] },
  ],
];
const BUILD: Tool = { name: 'build', args: ['--import', 'tsx', 'scripts/build.ts'] };
const BASELINE: Tool = { name: 'baseline', args: ['--import', 'tsx', 'scripts/checks/baseline.ts'] };
/** vitest's own patterns: the two projects that open a browser share one site. */
const PROJECTS = ['unit', 'integration', 'e2e*', 'faults'] as const;
/** Started against the built platform. */
const NEED_BUILD: ReadonlySet<string> = new Set(['e2e*', 'faults']);

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.unknown()),
    }),
  ),
});

interface Tally {
  passed: number;
  failed: number;
  /** Lines of the tools that are repeated at the end, where they are read. */
  readonly summaries: string[];
  readonly files: { name: string; seconds: number }[];
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: process.env });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** What the content amounts to: courses, lessons, characters, true hours, citations. */
const SUMMARY = /^(?:In all|content): .*$/gm;

/** What the tool says is shown when it has ended: two of them would talk across each other. */
function runQuietly(args: readonly string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['inherit', 'pipe', 'pipe'], env: process.env });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text: Buffer.concat(parts).toString('utf8') }));
  });
}

async function runTool(tool: Tool, tally: Tally): Promise<boolean> {
  const started = performance.now();
  const { code, text } = await runQuietly(tool.args);
  const ok = code === 0;
  process.stdout.write(text);
  if (tool.name === 'content') tally.summaries.push(...(text.match(SUMMARY) ?? []));
  console.log(`${ok ? '✓' : '✗'} ${tool.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) tally.passed += 1;
  else tally.failed += 1;
  return ok;
}

async function runLane(lane: readonly Tool[], tally: Tally): Promise<void> {
  for (const tool of lane) await runTool(tool, tally);
}

async function runProject(project: string, folder: string, tally: Tally): Promise<void> {
  const outputFile = path.join(folder, `${project.replace('*', '')}.json`);
  const code = await run([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
  ]);
  const result = report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
  // A file that could not even be loaded holds no test that failed; it counts as one.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  tally.passed += result.numPassedTests;
  tally.failed += result.numFailedTests + brokenFiles;
  if (code !== 0 && result.numFailedTests + brokenFiles === 0) tally.failed += 1;
  for (const file of result.testResults)
    tally.files.push({
      name: path.relative(process.cwd(), file.name),
      seconds: (file.endTime - file.startTime) / 1000,
    });
}

async function main(): Promise<number> {
  const tally: Tally = { passed: 0, failed: 0, summaries: [], files: [] };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-test-'));
  try {
    await runTool(FIRST, tally);
    await Promise.all(LANES.map((lane) => runLane(lane, tally)));
    const built = await runTool(BUILD, tally);
    await runTool(BASELINE, tally);
    // Without a build there is nothing to open; its absence is already counted as failed.
    for (const project of PROJECTS)
      if (built || !NEED_BUILD.has(project)) await runProject(project, folder, tally);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\nSlowest test files:`);
  for (const file of tally.files.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_SHOWN))
    console.log(`  ${file.seconds.toFixed(1).padStart(7)} s  ${file.name}`);
  if (tally.summaries.length > 0) console.log(`\nContent\n  ${tally.summaries.join('\n  ')}`);
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
