import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const SLOWEST_SHOWN = 15;

/** In the order a reader wants to fail: cheap and telling first. Each tool counts as one test. */
const TOOLS: readonly { name: string; args: readonly string[] }[] = [
  { name: 'generate', args: ['node_modules/prisma/build/index.js', 'generate'] },
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  {
    name: 'lint',
    args: ['node_modules/eslint/bin/eslint.js', '--config', 'scripts/checks/eslint.config.js', '.'],
  },
  { name: 'architecture', args: ['--import', 'tsx', 'scripts/checks/architecture.ts'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'content', args: ['--import', 'tsx', 'scripts/content-check.ts'] },
  { name: 'build', args: ['--import', 'tsx', 'scripts/build.ts'] },
  { name: 'baseline', args: ['--import', 'tsx', 'scripts/checks/baseline.ts'] },
];
const PROJECTS = ['unit', 'integration', 'e2e', 'faults'] as const;
/** Started against the built platform. */
const NEED_BUILD: ReadonlySet<string> = new Set(['e2e', 'faults']);

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

/** Shows what the tool says as it says it, and hands it back. */
function runAloud(args: readonly string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['inherit', 'pipe', 'inherit'], env: process.env });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part);
      process.stdout.write(part);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text: Buffer.concat(parts).toString('utf8') }));
  });
}

async function runTool(tool: (typeof TOOLS)[number], tally: Tally): Promise<boolean> {
  const started = performance.now();
  const { code, text } = await runAloud(tool.args);
  const ok = code === 0;
  if (tool.name === 'content') tally.summaries.push(...(text.match(SUMMARY) ?? []));
  console.log(`${ok ? '✓' : '✗'} ${tool.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) tally.passed += 1;
  else tally.failed += 1;
  return ok;
}

async function runProject(project: string, folder: string, tally: Tally): Promise<void> {
  const outputFile = path.join(folder, `${project}.json`);
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
    let built = true;
    for (const tool of TOOLS) {
      const ok = await runTool(tool, tally);
      if (tool.name === 'build') built = ok;
    }
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
