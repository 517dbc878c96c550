import { describe, expect, it, vi } from 'vitest';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { compareCatalogues, type Catalogue } from '#scripts/db/catalogue.ts';
import { drawSchemaSql } from '#scripts/db/schema-sql.ts';
import { createProgress } from '#scripts/run/progress.ts';
import { readyText } from '#scripts/run/ready-text.ts';
import { withVariable } from '#scripts/run/check-listen.ts';
import { explain } from '#scripts/run/script.ts';
import { askSetup } from '#scripts/setup/ask-setup.ts';
import { secretNames, startCommand } from '#scripts/setup/environment-line.ts';

const catalogue = (parts: Record<string, string>, handMade: readonly string[] = []): Catalogue => ({
  parts: new Map(Object.entries(parts)),
  handMade: new Set(handMade),
});

describe('drift between migrations and datamodel', () => {
  it('is none for the same parts, and none for an index only migrations can make', () => {
    const drawn = catalogue({ 'table public.a': '' });
    const migrated = catalogue({ 'table public.a': '', 'index public.i': 'create …' }, ['index public.i']);
    expect(compareCatalogues(migrated, drawn)).toEqual([]);
  });

  it('is said part by part', () => {
    const migrated = catalogue({ 'column public.a.n': 'integer', 'index public.i': 'create …' });
    const drawn = catalogue({ 'column public.a.n': 'bigint', 'table public.b': '' });
    const differences = compareCatalogues(migrated, drawn);
    expect(differences).toHaveLength(3);
    expect(differences.join('\n')).toMatch(/"integer"[^]*"bigint"/);
  });
});

describe('SQL of a datamodel', () => {
  const head = 'datasource db {\n  provider = "postgresql"\n}\n';
  const model = (field: string): string =>
    `${head}model A {\n  id String @id @db.Uuid\n${field}\n  @@map("a")\n}\n`;

  it('is drawn from nothing, from another datamodel, and empty when nothing changes', async () => {
    expect(await drawSchemaSql('', model(''))).toContain('CREATE TABLE "a"');
    expect(await drawSchemaSql(model(''), model('  n Int?'))).toMatch(
      /ALTER TABLE "a" ADD COLUMN\s+"n" INTEGER/,
    );
    expect(await drawSchemaSql(model(''), model(''))).toBe('');
  });

  it('is refused in words for a wrong datamodel', async () => {
    await expect(drawSchemaSql('', `${head}model`)).rejects.toThrow(/schema\.prisma:4/);
  });
});

describe('what a start prints', () => {
  it('has the seconds before every line', async () => {
    const lines: string[] = [];
    const progress = createProgress((line) => lines.push(line));
    expect(await progress.step('一步 · step', () => Promise.resolve(7))).toBe(7);
    progress.warn('小心');
    expect(lines[0]).toMatch(/^\[ {2}\d\.\d s\] 一步 · step$/);
    expect(lines[1]).toMatch(/! 小心$/);
  });

  it('names the demo accounts only of the demo city', () => {
    const facts = { url: 'http://127.0.0.1:3000', seconds: 12.34, dataDir: '/d', isDemo: true };
    expect(readyText(facts)).toMatch(
      /12\.3 秒[^]*http:\/\/127\.0\.0\.1:3000[^]*Zhifa@2026demo[^]*applicant0200[^]*auditor/,
    );
    expect(readyText({ ...facts, isDemo: false })).not.toContain('Zhifa@2026demo');
    expect(readyText({ ...facts, isDemo: false })).not.toContain('npm run setup');
    expect(readyText({ ...facts, isDemo: false, needsSetup: true })).toContain('npm run setup');
  });

  it('shows how to set a variable in the shell at hand', () => {
    expect(withVariable('PORT', 3001, 'linux')).toBe('PORT=3001 npm start');
    expect(withVariable('PORT', 3001, 'win32')).toBe('$env:PORT="3001"; npm start');
  });
});

describe('the questions of npm run setup', () => {
  const flags = {
    region: '渭阳市',
    code: '610400',
    level: 'city',
    system: '甲',
    security: '乙',
    audit: '丙',
    'system-login': 'sysadmin',
    'security-login': 'secadmin',
    'audit-login': 'auditor',
  };
  const atTerminal = (...answers: string[]) => {
    const said: string[] = [];
    return {
      said,
      terminal: {
        ask: () => Promise.resolve((answers.shift() ?? '').trim()),
        say: (text: string) => said.push(text),
      },
    };
  };

  it('are not asked when the flags say everything; the code says the level', async () => {
    const input = await askSetup({ ...flags, level: undefined }, null);
    expect(input.region).toEqual({ name: '渭阳市', code: '610400', level: 'city' });
    expect(input.administrators.map((each) => each.role)).toEqual([
      'system_admin',
      'security_admin',
      'audit_admin',
    ]);
    expect(input.bureau).toBeUndefined();
  });

  it('fill in what is missing, and come again after a typing error', async () => {
    const { said, terminal } = atTerminal('61040', '610402', '');
    const input = await askSetup({ ...flags, code: undefined, level: undefined }, terminal);
    expect(input.region).toMatchObject({ code: '610402', level: 'county' });
    expect(said).toEqual(['须为六位数字的行政区划代码']);
  });

  it('may name the first account of the bureau', async () => {
    const input = await askSetup({ ...flags, bureau: '丁', 'bureau-login': 'sfj-01' }, null);
    expect(input.bureau).toEqual({ displayName: '丁', login: 'sfj-01' });
  });

  it.each([
    [{ region: undefined }, '--region'],
    [{ code: '61040' }, '--code'],
    [{ level: 'town' }, '--level'],
    [{ level: 'county' }, '--level'],
    [{ 'audit-login': '审计' }, '--audit-login'],
    [{ audit: '  ' }, '--audit'],
  ])('end with the name of the option: %o', async (changes, option) => {
    await expect(askSetup({ ...flags, ...changes }, null)).rejects.toMatchObject({
      code: 'SETUP_INCOMPLETE',
      zh: expect.stringContaining(option),
    });
  });
});

describe('the last lines of npm run setup', () => {
  it('start the platform with exactly the variables of this setup, and name the secret ones', () => {
    const record = {
      DATA_DIR: '/数据 1',
      PORT: '4308',
      PUBLIC_URL: ' ',
      DATABASE_URL: 'postgres://u:geheim@h/d',
    };
    expect(startCommand(record)).toBe("DATA_DIR='/数据 1' PORT='4308' npm start");
    expect(startCommand({})).toBe('npm start');
    expect(secretNames(record)).toEqual(['DATABASE_URL']);
  });
});

describe('what ends a script', () => {
  const codeOf = (error: unknown): number => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const code = explain(error);
    const text = said.mock.calls.flat().join(' ');
    said.mockRestore();
    expect(text).not.toMatch(/\n\s+at /);
    return code;
  };

  it('is said without a stack: a wrong option, Ctrl-C at a question, something to put right', () => {
    expect(
      codeOf(Object.assign(new TypeError('Unknown option'), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' })),
    ).toBe(2);
    expect(codeOf(Object.assign(new Error('Aborted with Ctrl+C'), { name: 'AbortError' }))).toBe(130);
    expect(codeOf(new StartProblem('X', { zh: '甲', en: 'a' }))).toBe(1);
  });
});
