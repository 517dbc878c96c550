import { describe, expect, it } from 'vitest';
import { importsOf } from '#scripts/checks/architecture.ts';
import { findCycles, violationsOf } from '#scripts/checks/architecture-rules.ts';
import { newFeaturesIn } from '#scripts/checks/baseline-rules.ts';

/** What the check says of one planted import. */
function planted(from: string, line: string): string[] {
  return importsOf(from, line).flatMap(violationsOf);
}

describe('the architecture check', () => {
  it.each([
    [
      'a slice that imports upwards',
      'app/training/ledger/hours.ts',
      `import { x } from '#app/certificate/register/lifecycle.ts';`,
    ],
    ['neighbours', 'app/exam/sitting/attempt.ts', `import { x } from '#app/training/ledger/hours.ts';`],
    [
      'platform that knows the trade',
      'app/platform/ui/card.tsx',
      `import { x } from '#app/accounts/role.ts';`,
    ],
    ['a rule with I/O', 'app/exam/sitting/deadline.ts', `import fs from 'node:fs/promises';`],
    [
      'a rule with a store',
      'app/exam/sitting/deadline.ts',
      `import { load } from './attempt.store.server.ts';`,
    ],
    [
      'a route with a store',
      'app/exam/sitting/routes/exams.tsx',
      `import { load } from '../attempt.store.server.ts';`,
    ],
    [
      'a route with foreign commands',
      'app/certificate/check/routes/verify.tsx',
      `import { y } from '#app/organization/tree/current-tree.server.ts';`,
    ],
    [
      'a component with server code',
      'app/exam/sitting/ui/map.tsx',
      `import { y } from '../save-answer.server.ts';`,
    ],
    [
      'the generated client in a slice',
      'app/exam/sitting/attempt.store.server.ts',
      `import { Prisma } from '#app/platform/db/.server/prisma/client.ts';`,
    ],
    ['a barrel', 'app/exam/sitting/attempt.ts', `import { a } from './index.ts';`],
    ['a re-export', 'app/exam/sitting/attempt.ts', `export { a } from './deadline.ts';`],
    [
      'app code that leans on tests',
      'app/exam/sitting/attempt.ts',
      `import { a } from '#test/support/world.ts';`,
    ],
    [
      'a dynamic import upwards',
      'app/training/ledger/hours.ts',
      `const m = await import('#app/reporting/completion/figures.ts');`,
    ],
  ])('refuses %s', (_, from, line) => {
    expect(planted(from, line)).not.toEqual([]);
  });

  it.each([
    ['app/certificate/register/lifecycle.ts', `import { dayOf } from '#app/platform/time/day.ts';`],
    ['app/reporting/completion/figures.ts', `import { floorHours } from '#app/training/ledger/hours.ts';`],
    ['app/exam/sitting/routes/exams.tsx', `import { listExams } from '../exams-view.server.ts';`],
    ['app/exam/sitting/ui/map.tsx', `import type { View } from '../attempt-view.server.ts';`],
    ['scripts/import.ts', `import { rosterKind } from '#app/organization/roster/roster-kind.ts';`],
  ])('allows %s: %s', (from, line) => {
    expect(planted(from, line)).toEqual([]);
  });

  it('is not fooled by an import in a comment, nor by one over several lines', () => {
    expect(planted('app/platform/a.ts', `// import { x } from '#app/accounts/role.ts';`)).toEqual([]);
    expect(planted('app/platform/a.ts', `import {\n  x,\n} from '#app/accounts/role.ts';`)).not.toEqual([]);
  });

  it('finds cycles of run-time imports, not of types', () => {
    const edge = (from: string, to: string, isType = false) => ({ from, to, isType, isReexport: false });
    expect(findCycles([edge('app/a.ts', 'app/b.ts'), edge('app/b.ts', 'app/a.ts')])).toHaveLength(1);
    expect(findCycles([edge('app/a.ts', 'app/b.ts'), edge('app/b.ts', 'app/a.ts', true)])).toEqual([]);
  });
});

describe('the baseline check', () => {
  it.each([
    ['css', '.a:has(.b){color:red}'],
    ['css', '.a{height:100dvh}'],
    ['css', '@container (min-width:1px){.a{color:red}}'],
    ['css', '.a{color:color-mix(in srgb,red,blue)}'],
    ['css', '@layer base{.a{color:red}}'],
    ['js', 'const a = structuredClone(b)'],
    ['js', 'if (Object.hasOwn(a, "b")) c()'],
    ['js', 'list.findLast((x) => x)'],
    ['js', 'class A { static { this.x = 1 } }'],
    ['js', 'export const a = /x/v.test(b)'],
  ] as const)('refuses %s %s', async (kind, code) => {
    expect(await newFeaturesIn(code, kind)).not.toEqual([]);
  });

  it.each([
    ['css', '.a{color:red;inset:0;aspect-ratio:1}'],
    ['js', 'const a = b?.c ?? d; x ||= 1; class A { #p = 1; get p() { return this.#p } }'],
    ['js', 'const clone = typeof structuredClone === "function" ? 1 : 2'],
  ] as const)('allows %s %s', async (kind, code) => {
    expect(await newFeaturesIn(code, kind)).toEqual([]);
  });
});
