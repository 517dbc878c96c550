import type pg from 'pg';
import { z } from 'zod';

/** What a database is made of, as far as a Prisma datamodel can say it: one line of text per part. */
export interface Catalogue {
  /** Part (`column public.person.name`) → its description (`text not null`) */
  readonly parts: ReadonlyMap<string, string>;
  /** Indexes a datamodel has no words for: partial, over an expression, of another method than btree, or for
   *  searches by the beginning of a text */
  readonly handMade: ReadonlySet<string>;
}

const rowsSchema = z.array(z.object({ part: z.string(), description: z.string(), isHandMade: z.boolean() }));

/** Not ours to compare: system schemas, Prisma's record, and the job queue, which makes its own tables. */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'pgboss')
  and c.relname <> '_prisma_migrations'`;

const TABLES = `
  select 'table ' || n.nspname || '.' || c.relname as part, '' as description, false as "isHandMade"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and ${OURS}`;

const COLUMNS = `
  select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname,
    format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      || case a.attidentity when '' then '' else ' identity ' || a.attidentity::text end
      || case a.attgenerated when '' then '' else ' generated' end, false
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and ${OURS}`;

const INDEXES = `
  select 'index ' || n.nspname || '.' || i.relname, pg_get_indexdef(x.indexrelid),
    x.indpred is not null or x.indexprs is not null or m.amname <> 'btree'
      or exists (select from pg_opclass o where o.oid = any (x.indclass) and not o.opcdefault)
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace join pg_am m on m.oid = i.relam
  where c.relkind in ('r', 'p') and ${OURS}`;

const CONSTRAINTS = `
  select 'constraint ' || n.nspname || '.' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid), false
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('p', 'u', 'f') and ${OURS}`;

const ENUMS = `
  select 'enum ' || n.nspname || '.' || t.typname,
    (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), false
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'e' and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'pgboss')`;

/** Reads the catalogue of the connected database. Triggers, functions and checks are hand-written and left out. */
export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  const { rows } = await client.query([TABLES, COLUMNS, INDEXES, CONSTRAINTS, ENUMS].join('\nunion all\n'));
  const parsed = rowsSchema.parse(rows);
  return {
    parts: new Map(parsed.map((row) => [row.part, row.description])),
    handMade: new Set(parsed.filter((row) => row.isHandMade).map((row) => row.part)),
  };
}

/** Where migrations and datamodel differ, one sentence each; an index only migrations can make is no difference. */
export function compareCatalogues(migrated: Catalogue, drawn: Catalogue): readonly string[] {
  const differences: string[] = [];
  for (const [part, description] of migrated.parts) {
    const wanted = drawn.parts.get(part);
    if (wanted === undefined) {
      if (!migrated.handMade.has(part))
        differences.push(`${part}: made by the migrations, not in schema.prisma`);
    } else if (wanted !== description) {
      differences.push(`${part}: the migrations make "${description}", schema.prisma says "${wanted}"`);
    }
  }
  for (const [part, wanted] of drawn.parts) {
    if (!migrated.parts.has(part))
      differences.push(`${part} ${wanted}: in schema.prisma, not made by the migrations`);
  }
  return differences.sort();
}
