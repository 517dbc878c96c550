import { describe, expect, it } from 'vitest';
import { planGrants, wantedRights, type RelationFacts } from '#app/platform/db/grant-plan.ts';
import {
  checksumOf,
  matchesChecksum,
  planMigrations,
  type MigrationFile,
  type MigrationRow,
} from '#app/platform/db/migration-plan.ts';
import { firstWord, splitStatements } from '#app/platform/db/sql-statements.ts';

const file = (name: string, sql = `create table ${name} (n int);`): MigrationFile => ({ name, sql });
const row = (of: MigrationFile, changes: Partial<MigrationRow> = {}): MigrationRow => ({
  name: of.name,
  checksum: checksumOf(of.sql),
  isFinished: true,
  isRolledBack: false,
  ...changes,
});

const a = file('20260101000000_a');
const b = file('20260102000000_b');
const steps = file(
  '20260103000000_steps',
  '-- no-transaction\ncreate index concurrently if not exists i on a (n);',
);

describe('a plan of migrations', () => {
  it('applies what is missing in the order of the names, older ones of another branch too', () => {
    expect(planMigrations([b, a], [])).toEqual([
      { file: a, isTransactional: true, isRepeated: false },
      { file: b, isTransactional: true, isRepeated: false },
    ]);
    expect(planMigrations([a, b], [row(b)])).toEqual([{ file: a, isTransactional: true, isRepeated: false }]);
    expect(planMigrations([a, b], [row(a), row(b)])).toEqual([]);
  });

  it('refuses a file that was changed after it was applied', () => {
    expect(planMigrations([file(a.name, 'select 1;'), b], [row(a)])).toEqual({
      code: 'MIGRATION_CHANGED',
      name: a.name,
    });
  });

  it('knows the same file with the line endings of another system', () => {
    const unix = 'select 1;\nselect 2;\n';
    const windows = unix.replaceAll('\n', '\r\n');
    expect(matchesChecksum(windows, checksumOf(unix))).toBe(true);
    expect(matchesChecksum(unix, checksumOf(windows))).toBe(true);
    expect(matchesChecksum('select 1;\nselect 3;\n', checksumOf(unix))).toBe(false);
  });

  it('refuses what failed earlier, until somebody has marked it as undone', () => {
    expect(planMigrations([a], [row(a, { isFinished: false })])).toEqual({
      code: 'MIGRATION_FAILED_EARLIER',
      name: a.name,
    });
    expect(planMigrations([a], [row(a, { isFinished: false, isRolledBack: true })])).toEqual([
      { file: a, isTransactional: true, isRepeated: false },
    ]);
  });

  it('repeats a statement-by-statement file that did not come to its end, corrected or not', () => {
    const torn = row(steps, { isFinished: false, checksum: 'of the earlier text' });
    expect(planMigrations([steps], [torn])).toEqual([
      { file: steps, isTransactional: false, isRepeated: true },
    ]);
  });

  it('refuses a database that is ahead of the program', () => {
    expect(planMigrations([a], [row(a), row(b)])).toEqual({ code: 'DATABASE_NEWER', name: b.name });
    expect(planMigrations([a], [row(a), row(b, { isRolledBack: true })])).toEqual([]);
  });

  it('refuses a file that ends its own transaction, but not a function body', () => {
    expect(planMigrations([file('x', 'create table t (n int); COMMIT; drop table t;')], [])).toEqual({
      code: 'MIGRATION_HAS_TRANSACTION',
      name: 'x',
    });
    const body = 'create function f() returns int language plpgsql as $$ begin return 1; end; $$;';
    expect(planMigrations([file('x', body)], [])).toHaveLength(1);
  });
});

describe('a script', () => {
  it.each<[string, readonly string[]]>([
    ['select 1; select 2', ['select 1', 'select 2']],
    [';;\n ;', []],
    ['-- only a comment;\n', []],
    ["select ';' ; select ''';' ", ["select ';'", "select ''';'"]],
    ["select E'\\';' ; x", ["select E'\\';'", 'x']],
    ["select 'a\\'; select 2", ["select 'a\\'", 'select 2']],
    ['select ";" ; x', ['select ";"', 'x']],
    ['do $$ begin; end $$; x', ['do $$ begin; end $$', 'x']],
    ['do $a$ ; $$ ; $a$; x', ['do $a$ ; $$ ; $a$', 'x']],
    ['select a$1; x', ['select a$1', 'x']],
    ['/* ; /* ; */ ; */ select 1; x', ['/* ; /* ; */ ; */ select 1', 'x']],
    ['select 1 -- ;\n; x', ['select 1 -- ;', 'x']],
    ["select 'unclosed ; ", ["select 'unclosed ;"]],
  ])('%j is cut into its statements', (script, statements) => {
    expect(splitStatements(script)).toEqual(statements);
  });

  it('tells the first word behind comments', () => {
    expect(firstWord('-- x\n /* y */ COMMIT')).toBe('commit');
    expect(firstWord('')).toBe('');
  });
});

describe('rights of the serving role', () => {
  const relation = (changes: Partial<RelationFacts>): RelationFacts => ({
    schema: 'public',
    name: 'person',
    kind: 'table',
    isAppendOnly: false,
    held: [],
    ...changes,
  });

  it('are all four on a table, two on an append-only one, reading on views and on the record of migrations', () => {
    expect(wantedRights(relation({}))).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
    expect(wantedRights(relation({ isAppendOnly: true }))).toEqual(['SELECT', 'INSERT']);
    expect(wantedRights(relation({ kind: 'view' }))).toEqual(['SELECT']);
    expect(wantedRights(relation({ kind: 'sequence' }))).toEqual(['USAGE', 'SELECT']);
    expect(wantedRights(relation({ name: '_prisma_migrations' }))).toEqual(['SELECT']);
  });

  it('are granted where missing and taken away where too many, so that a second look has nothing to do', () => {
    const schemas = [
      { name: 'public', hasUsage: true },
      { name: 'pgboss', hasUsage: false },
    ];
    const facts = [
      relation({ name: 'audit_event', isAppendOnly: true, held: ['SELECT', 'UPDATE', 'TRUNCATE'] }),
      relation({ held: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] }),
      relation({ schema: 'pgboss', name: 'odd "name"' }),
    ];
    expect(planGrants('zhifa_app', schemas, facts)).toEqual([
      'grant usage on schema "pgboss" to "zhifa_app"',
      'grant INSERT on table "public"."audit_event" to "zhifa_app"',
      'revoke UPDATE, TRUNCATE on table "public"."audit_event" from "zhifa_app", public',
      'grant SELECT, INSERT, UPDATE, DELETE on table "pgboss"."odd ""name""" to "zhifa_app"',
    ]);
  });
});
