import http from 'node:http';
import readline from 'node:readline';

/**
 * Generator of heartbeats, a process of its own: `tsx test/bench/beat-load.ts PORT`. The first line of standard input is
 * the readers as JSON, every further line a number of seconds to run; answers each run with one JSON object. Fifty
 * keep-alive closed loops, each with its share of the readers in turn: a reader's own beats are seconds apart, as the
 * server asks.
 */
export interface Reader {
  readonly visitId: string;
  readonly cookie: string;
}

export interface BeatLoad {
  readonly stored: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const LOOPS = 50;
/** The server leaves a beat sooner after the last one aside. */
const LEAST_GAP_MS = 6_000;

interface Seat extends Reader {
  seq: number;
  sentAt: number;
}

function post(port: number, agent: http.Agent, seat: Seat): Promise<boolean> {
  const body = JSON.stringify({
    visitId: seat.visitId,
    seq: seat.seq,
    visible: true,
    active: true,
    touches: 1,
    moves: 7,
    scrolls: 3,
    at: 420,
  });
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Cookie: seat.cookie,
    'Sec-Fetch-Site': 'same-origin',
  };
  return new Promise((resolve) => {
    const request = http.request(
      { port, host: '127.0.0.1', agent, method: 'POST', path: '/study/beat', headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isStored = response.statusCode === 200 && text.includes(`"lastSeq":${seat.seq}`);
          if (isStored) seat.seq += 1;
          resolve(isStored);
        });
      },
    );
    request.on('error', () => resolve(false));
    request.end(body);
  });
}

/** One loop: its readers in turn, each no sooner than the gap allows. */
async function loop(port: number, agent: http.Agent, seats: readonly Seat[], until: number, times: number[]) {
  let failed = 0;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const seat = seats[turn % seats.length];
    if (seat === undefined) break;
    const wait = seat.sentAt + LEAST_GAP_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    seat.sentAt = performance.now();
    if (await post(port, agent, seat)) times.push(performance.now() - seat.sentAt);
    else failed += 1;
  }
  return failed;
}

async function run(port: number, seats: readonly Seat[], seconds: number): Promise<BeatLoad> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: LOOPS });
  const began = performance.now();
  const times: number[] = [];
  const failed = await Promise.all(
    Array.from({ length: LOOPS }, (_, index) =>
      loop(
        port,
        agent,
        seats.filter((__, place) => place % LOOPS === index),
        began + seconds * 1000,
        times,
      ),
    ),
  );
  const elapsed = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
  return {
    stored: times.length,
    failed: failed.reduce((sum, count) => sum + count, 0),
    perSecond: Math.round(times.length / elapsed),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

if (process.argv[1]?.endsWith('beat-load.ts')) {
  const port = Number(process.argv[2]);
  let seats: Seat[] | null = null;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (seats === null) {
      const readers = JSON.parse(line) as Reader[];
      seats = readers.map((reader) => ({ ...reader, seq: 1, sentAt: -LEAST_GAP_MS }));
    } else console.log(JSON.stringify(await run(port, seats, Number(line))));
  }
}
