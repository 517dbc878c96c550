import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { invariant } from '#app/platform/result/invariant.ts';

/** A value of one column: text and numbers as they are, lists as PostgreSQL arrays, bytes as hex. */
export type CopyValue = string | number | boolean | null | Uint8Array | Date | readonly string[];

/** Text sent at a time; small enough to keep memory flat, large enough to keep the socket busy. */
const CHUNK_CHARACTERS = 64 * 1024;
const SPECIAL = /[\\\t\n\r]/;
const EACH_SPECIAL = new RegExp(SPECIAL, 'g');
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Hardly any text has such a sign: looked at first, replaced only where needed. */
const escapeText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (sign) => ESCAPES[sign] ?? sign) : text;

function fieldText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return escapeText(`{${value.map((part) => `"${part.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

function* copyText(rows: Iterable<readonly CopyValue[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    let sign = '';
    // Millions of fields: no list of texts for each row.
    for (const value of row) {
      chunk += sign + fieldText(value);
      sign = '\t';
    }
    chunk += '\n';
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/**
 * Loads rows by COPY: triggers, defaults and constraints hold as for any INSERT.
 * @param columns in the order of each row's values; columns left out take their defaults
 */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  invariant(/^[a-z_]+$/.test(table), 'a table has a plain name');
  const target = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(copyText(rows)), target);
}

/**
 * Runs a part of the seed once, whole or not at all: when the row that it writes is there, it has run before.
 * @param mark table and id of one of the rows that the work writes
 * @returns false when there was nothing to do
 */
export async function once(
  client: pg.ClientBase,
  mark: { readonly table: string; readonly id: string },
  work: () => Promise<void>,
): Promise<boolean> {
  invariant(/^[a-z_]+$/.test(mark.table), 'a table has a plain name');
  await client.query('begin');
  try {
    const { rowCount } = await client.query(`select 1 from ${mark.table} where id = $1`, [mark.id]);
    const isDone = (rowCount ?? 0) > 0;
    if (!isDone) await work();
    await client.query('commit');
    return !isDone;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
