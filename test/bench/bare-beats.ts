import http from 'node:http';
import pg from 'pg';

/**
 * The yardstick of design.md §5 for heartbeats: node:http and pg, one prepared INSERT … ON CONFLICT per POST into a table
 * with the columns and indexes of study_beat, a pool of 10, no session, no rules. Run as a process of its own:
 * `tsx test/bench/bare-beats.ts DATABASE_URL`; prints its port.
 */
const POOL_SIZE = 10;

const TABLE_SQL = `
  create table if not exists bare_beat (
    id uuid primary key, visit_id uuid not null, seq int not null, person_id uuid not null,
    lesson_version_id uuid not null, received_at timestamptz(3) not null, verified_from timestamptz(3),
    verified_to timestamptz(3), standing text not null, evidence jsonb not null,
    recorded_at timestamptz(3) not null default now(), recorded_tx bigint not null, row_hash bytea not null,
    unique (visit_id, seq));
  create index if not exists bare_beat_person on bare_beat (person_id, verified_from);
  create index if not exists bare_beat_recorded_tx on bare_beat (recorded_tx)`;

const INSERT_SQL = `
  insert into bare_beat (id, visit_id, seq, person_id, lesson_version_id, received_at, verified_from, verified_to,
    standing, evidence, recorded_tx, row_hash)
  values (gen_random_uuid(), $1, $2, $1, $1, now(), now() - interval '30 seconds', now(), 'verified', $3,
    txid_current(), $4)
  on conflict (visit_id, seq) do nothing`;

interface BareBeat {
  readonly visitId: string;
  readonly seq: number;
  readonly visible: boolean;
  readonly active: boolean;
}

async function serve(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  await pool.query(TABLE_SQL);
  const filler = Buffer.alloc(32);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { visitId, seq, ...evidence } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as BareBeat;
      const answer = (status: number) => (): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ result: 'verified', lastSeq: seq }));
      };
      pool
        .query({ name: 'bare-beat', text: INSERT_SQL, values: [visitId, seq, evidence, filler] })
        .then(answer(200), answer(500));
    });
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
  });
}

process.once('SIGTERM', () => process.exit());

const [databaseUrl] = process.argv.slice(2);
if (databaseUrl !== undefined && process.argv[1]?.endsWith('bare-beats.ts')) await serve(databaseUrl);
