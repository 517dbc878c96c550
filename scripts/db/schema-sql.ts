import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';

const WASM_PACKAGE = '@prisma/schema-engine-wasm';

const noQuery = (): Promise<never> => Promise.reject(new Error('drawing SQL must not touch a database'));

/** What the engine asks on "connecting": does the schema exist, which version. The oldest one we support answers. */
const greeting: SqlResultSet = {
  columnNames: ['exists', 'version', 'numeric_version'],
  columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
  rows: [[true, 'PostgreSQL 15.0', 150000]],
};

/** Comparing two datamodels needs no database, but the engine insists on one to learn which dialect it writes. */
const imaginaryServer: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  queryRaw: (query) => (query.sql.includes('server_version_num') ? Promise.resolve(greeting) : noQuery()),
  executeRaw: noQuery,
  executeScript: noQuery,
  startTransaction: noQuery,
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: () => Promise.resolve(),
};

const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => Promise.resolve(imaginaryServer),
  connectToShadowDb: () => Promise.resolve(imaginaryServer),
};

interface EngineModule {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let engineModule: Promise<EngineModule> | undefined;

/**
 * Instantiates the engine by hand: the package's own entry imports the `.wasm` file as an ES module, which Node
 * only does behind a flag. Reason for this engine at all: Prisma's native one is a download that closed networks
 * do not allow.
 */
async function loadEngineModule(): Promise<EngineModule> {
  const require = createRequire(import.meta.url);
  const bindingsFile = require.resolve(`${WASM_PACKAGE}/schema_engine_bg`);
  const bindings = (await import(pathToFileURL(bindingsFile).href)) as EngineModule &
    WebAssembly.ModuleImports;
  const bytes = await readFile(bindingsFile.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start !== 'function') throw new Error(`${WASM_PACKAGE}: __wbindgen_start is missing`);
  start();
  return bindings;
}

/**
 * Draws the SQL that leads from one Prisma datamodel to another. Needs no database.
 * @param fromSchema text of the datamodel to start at; empty text = an empty database
 * @param toSchema text of the datamodel to arrive at
 * @returns the script, or an empty string when nothing changes. Throws the engine's message for a wrong datamodel.
 */
export async function drawSchemaSql(fromSchema: string, toSchema: string): Promise<string> {
  const { SchemaEngine } = await (engineModule ??= loadEngineModule());
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', toSchema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(noDatabase),
  );
  try {
    const result = await engine.diff({
      from:
        fromSchema.trim() === ''
          ? { tag: 'empty' }
          : { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: fromSchema }] },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: toSchema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const script = (result.stdout ?? '').trim();
    return script.startsWith('-- This is an empty migration') ? '' : script;
  } finally {
    engine.free();
  }
}
