import http from 'node:http';

/**
 * Generator of saves, a process of its own: `tsx test/bench/save-load.ts PORT SECONDS FIRST_SEQ` with the seats as JSON
 * on standard input. One keep-alive closed loop per seat; prints one JSON object.
 */
export interface Seat {
  readonly attemptId: string;
  readonly cookie: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const POSITIONS = 80;

function post(port: number, agent: http.Agent, seat: Seat, seq: number): Promise<boolean> {
  const position = (seq % POSITIONS) + 1;
  const clientTime = '2026-11-23T01:00:00.000Z';
  const body = JSON.stringify({ events: [{ epoch: 1, seq, position, choice: 'B', clientTime }] });
  return new Promise((resolve) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        agent,
        method: 'POST',
        path: `/attempts/${seat.attemptId}/answers`,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          Cookie: seat.cookie,
          'Sec-Fetch-Site': 'same-origin',
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
      },
    );
    request.on('error', () => resolve(false));
    request.end(body);
  });
}

async function load(
  port: number,
  seconds: number,
  firstSeq: number,
  seats: readonly Seat[],
): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: seats.length });
  const began = performance.now();
  const until = began + seconds * 1000;
  const times: number[] = [];
  let failed = 0;
  await Promise.all(
    seats.map(async (seat) => {
      for (let seq = firstSeq; performance.now() < until; seq += 1) {
        const sent = performance.now();
        if (!(await post(port, agent, seat, seq))) failed += 1;
        times.push(performance.now() - sent);
      }
    }),
  );
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
  return {
    requests: times.length,
    failed,
    perSecond: Math.round(times.length / ((performance.now() - began) / 1000)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

async function readInput(): Promise<Seat[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Seat[];
}

if (process.argv[1]?.endsWith('save-load.ts')) {
  const [port, seconds, firstSeq] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(await load(port ?? 0, seconds ?? 1, firstSeq ?? 1, await readInput())));
}
