import pg from 'pg';
import { z } from 'zod';
import { StartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { applyMigrations, readMigrations } from './apply-migrations.server.ts';
import { planGrants, rightsOf } from './grant-plan.ts';

/** Two processes granting at once would fail on each other's catalogue rows. Any number that nothing else uses. */
const GRANT_LOCK = 72_707_370;
const OWN_SCHEMAS = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;

const roleSchema = z.array(z.object({ bypasses: z.boolean() }));
const schemasSchema = z.array(z.object({ name: z.string(), hasUsage: z.boolean() }));
const relationsSchema = z.array(
  z.object({
    schema: z.string(),
    name: z.string(),
    kind: z.enum(['table', 'view', 'sequence']),
    isAppendOnly: z.boolean(),
    held: z.array(z.string()),
  }),
);

const heldRights = (kind: 'table' | 'sequence'): string => {
  const rights = rightsOf(kind).map((right) => `'${right}'`);
  const check = `has_${kind}_privilege($1, c.oid, held_right)`;
  return `array(select held_right from unnest(array[${rights.join(', ')}]) as held_right where ${check})`;
};

/** Relations the current role may grant on: those it owns. Those of extensions are none of ours. */
const RELATIONS = `
  select n.nspname as schema, c.relname as name,
    case when c.relkind = 'S' then 'sequence' when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only_guard') as "isAppendOnly",
    case when c.relkind = 'S' then ${heldRights('sequence')} else ${heldRights('table')} end as held
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S') and ${OWN_SCHEMAS}
    and pg_has_role(current_user, c.relowner, 'USAGE')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by n.nspname, c.relname`;

const SCHEMAS = `
  select n.nspname as name, has_schema_privilege($1, n.oid, 'USAGE') as "hasUsage"
  from pg_namespace n where ${OWN_SCHEMAS} and has_schema_privilege(current_user, n.oid, 'USAGE')
  order by n.nspname`;

/** Superusers and members of the owning role pass every grant by. */
const ROLE = `
  select r.rolsuper or pg_has_role(r.oid, current_user, 'MEMBER') as bypasses
  from pg_roles r where r.rolname = $1`;

const TRIGGERS_ALONE =
  '服务角色与所有者角色相同或有同等权限：只有触发器保护只增表；请另设 DATABASE_OWNER_URL · ' +
  'the serving role has the rights of the owner: triggers alone protect append-only tables; set DATABASE_OWNER_URL';

/**
 * Gives the serving role what it needs and takes away what it must not have: SELECT and INSERT on append-only tables
 * (those with the trigger `append_only_guard`), all four on the others, SELECT on views, use of schemas and
 * sequences. Writes nothing when nothing differs. Functions and procedures are everybody's by default.
 * @param owner connected as the owning role, not inside a transaction
 * @returns the statements run; throws StartProblem SERVING_ROLE_MISSING
 */
export async function applyGrants(
  owner: pg.ClientBase,
  servingRole: string,
  log?: StartLog,
): Promise<readonly string[]> {
  await owner.query('begin');
  try {
    await owner.query('select pg_advisory_xact_lock($1)', [GRANT_LOCK]);
    const [role] = roleSchema.parse((await owner.query(ROLE, [servingRole])).rows);
    if (role === undefined) throw roleMissing(servingRole);
    if (role.bypasses) log?.warn(TRIGGERS_ALONE);
    const statements = role.bypasses ? [] : await statementsFor(owner, servingRole);
    if (statements.length > 0) await owner.query(statements.join(';\n'));
    await owner.query('commit');
    return statements;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function statementsFor(owner: pg.ClientBase, servingRole: string): Promise<readonly string[]> {
  const schemas = schemasSchema.parse((await owner.query(SCHEMAS, [servingRole])).rows);
  const relations = relationsSchema.parse((await owner.query(RELATIONS, [servingRole])).rows);
  return planGrants(servingRole, schemas, relations);
}

function roleMissing(servingRole: string): StartProblem {
  return new StartProblem('SERVING_ROLE_MISSING', {
    zh: `DATABASE_URL 中的用户 ${servingRole} 在数据库中不存在。请先建立：create role ${servingRole} login password '…'`,
    en: `The user ${servingRole} of DATABASE_URL does not exist in the database. Make it first: create role ${servingRole} login password '…'`,
  });
}

/** The role a connection address signs in as. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/**
 * Brings a database to the state of the code and gives the serving role its rights.
 * @param options.ownerUrl null: one address only, so the serving role owns everything and the log says what that costs
 * @returns names of the migrations applied now. Throws StartProblem DATABASE_UNREACHABLE, DATABASE_TOO_OLD,
 *   DATABASE_NOT_UTF8, DATABASE_RIGHTS_MISSING, and those of `applyMigrations` and `applyGrants`
 */
export async function migrateDatabase(options: {
  readonly ownerUrl: string | null;
  readonly servingUrl: string;
  readonly migrationsDir: string;
  readonly log: StartLog;
}): Promise<readonly string[]> {
  const files = await readMigrations(options.migrationsDir);
  const client = new pg.Client({ connectionString: options.ownerUrl ?? options.servingUrl });
  await connect(client, options.ownerUrl === null ? 'DATABASE_URL' : 'DATABASE_OWNER_URL');
  try {
    await checkServer(client);
    await checkRights(client);
    const applied = await applyMigrations(client, files, options.log);
    await applyGrants(client, roleOf(options.servingUrl), options.log);
    return applied;
  } finally {
    await client.end();
  }
}

async function connect(client: pg.Client, variable: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const said = error instanceof Error ? error.message || String(error) : String(error);
    throw new StartProblem(
      'DATABASE_UNREACHABLE',
      {
        zh: `数据库连接失败（${variable}）：${said}`,
        en: `The database cannot be reached (${variable}): ${said}`,
      },
      { cause: error },
    );
  }
}

const rightsSchema = z
  .array(
    z.object({
      role: z.string(),
      database: z.string(),
      mayMakeTables: z.boolean(),
      mayMakeSchemas: z.boolean(),
    }),
  )
  .length(1);

/** Since PostgreSQL 15 only the owner of a database may make tables in it: the commonest stumble with an own server. */
async function checkRights(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(
    `select current_user as role, current_database() as database,
       has_schema_privilege('public', 'CREATE') as "mayMakeTables",
       has_database_privilege(current_database(), 'CREATE') as "mayMakeSchemas"`,
  );
  const [rights] = rightsSchema.parse(rows);
  if (rights === undefined || (rights.mayMakeTables && rights.mayMakeSchemas)) return;
  const line = `alter database ${pg.escapeIdentifier(rights.database)} owner to ${pg.escapeIdentifier(rights.role)};`;
  throw new StartProblem('DATABASE_RIGHTS_MISSING', {
    zh: `用户 ${rights.role} 不是数据库 ${rights.database} 的所有者，不能建表。请以数据库管理员身份执行：${line}`,
    en: `The role ${rights.role} does not own the database ${rights.database} and may not make tables in it. As the server's administrator run: ${line}`,
  });
}

const OLDEST_VERSION = 15;
const serverSchema = z.array(z.object({ version: z.number(), encoding: z.string() })).length(1);

/** What a server of one's own must be. The embedded one always is. */
async function checkServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int / 10000 as version,
       pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`,
  );
  const [server] = serverSchema.parse(rows);
  if (server !== undefined && server.version < OLDEST_VERSION) {
    throw new StartProblem('DATABASE_TOO_OLD', {
      zh: `数据库是 PostgreSQL ${server.version}，需要 ${OLDEST_VERSION} 或更新版本。`,
      en: `The database is PostgreSQL ${server.version}; ${OLDEST_VERSION} or newer is needed.`,
    });
  }
  if (server !== undefined && server.encoding !== 'UTF8') {
    throw new StartProblem('DATABASE_NOT_UTF8', {
      zh: `数据库编码是 ${server.encoding}，需要 UTF8：create database … encoding 'UTF8' template template0`,
      en: `The encoding of the database is ${server.encoding}; UTF8 is needed: create database … encoding 'UTF8' template template0`,
    });
  }
}
