import http from 'node:http';
import pg from 'pg';

/**
 * The yardstick of design.md §5: node:http and pg, one prepared INSERT … ON CONFLICT per POST into a table with the
 * columns and indexes of answer_event, a pool of 10, no session, no rules. Run as a process of its own:
 * `tsx test/bench/bare-server.ts DATABASE_URL`; prints its port.
 */
const POOL_SIZE = 10;

const TABLE_SQL = `
  create table if not exists bare_answer (
    id uuid primary key, attempt_id uuid not null, epoch int not null, seq int not null, position int not null,
    fingerprint bytea not null, standing text not null, received_at timestamptz(3) not null,
    recorded_tx bigint not null, row_hash bytea not null, choice text not null, client_time text,
    unique (attempt_id, epoch, seq));
  create index if not exists bare_answer_recorded_tx on bare_answer (recorded_tx)`;

const INSERT_SQL = `
  insert into bare_answer (id, attempt_id, epoch, seq, position, fingerprint, standing, received_at, recorded_tx,
    row_hash, choice, client_time)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, 'counted', now(), txid_current(), $6, $7, $8)
  on conflict (attempt_id, epoch, seq) do update set choice = excluded.choice`;

interface BareEvent {
  readonly epoch: number;
  readonly seq: number;
  readonly position: number;
  readonly choice: string;
  readonly clientTime: string | null;
}

async function save(pool: pg.Pool, attemptId: string, event: BareEvent): Promise<void> {
  const { epoch, seq, position, choice, clientTime } = event;
  const filler = Buffer.alloc(32);
  await pool.query({
    name: 'bare-save',
    text: INSERT_SQL,
    values: [attemptId, epoch, seq, position, filler, filler, choice, clientTime],
  });
}

async function serve(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  await pool.query(TABLE_SQL);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { events: BareEvent[] };
      const attemptId = request.url?.split('/')[2] ?? '';
      const [event] = body.events;
      const done = (status: number) => (): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"ok":true}');
      };
      if (event) save(pool, attemptId, event).then(done(200), done(500));
      else done(400)();
    });
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
  });
}

const [databaseUrl] = process.argv.slice(2);
if (databaseUrl !== undefined && process.argv[1]?.endsWith('bare-server.ts')) await serve(databaseUrl);
