import http from 'node:http';
import readline from 'node:readline';
import { at, round } from '../bench-figures.ts';

/**
 * Generator of an exam's requests, a process of its own: `tsx test/bench/exam/load.ts`. Every line of standard input is a
 * `Job`, answered by one line with its `LoadResult`.
 */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly cookie: string;
  /** A form, as a browser sends it; empty for GET. */
  readonly body?: string | undefined;
}

export interface SaveSeat {
  readonly attemptId: string;
  readonly cookie: string;
}

export type Job =
  /** One closed loop per seat: the next answer when the last is acknowledged. */
  | { kind: 'saves'; port: number; seconds: number; firstSeq: number; seats: readonly SaveSeat[] }
  /** The calls in turn, so many at a time. */
  | { kind: 'loops'; port: number; loops: number; calls: readonly Call[]; status: number }
  /** Each call at its moment, evenly over `withinMs`; `opens`: then the page it leads to, as a browser does. */
  | { kind: 'burst'; port: number; withinMs: number; calls: readonly Call[]; status: number; opens: boolean };

export interface LoadResult {
  readonly requests: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** What failed, for a person to read. */
  readonly firstFailure: string | null;
}

const POSITIONS = 80;
const CLIENT_TIME = '2026-11-23T01:00:00.000Z';

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly cookies: readonly string[];
}

function ask(port: number, agent: http.Agent, call: Call, contentType: string): Promise<Answer> {
  const body = call.body ?? '';
  const headers: http.OutgoingHttpHeaders = {
    Cookie: call.cookie,
    'Accept-Encoding': 'gzip',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36',
    'Sec-Fetch-Site': 'same-origin',
  };
  if (call.method === 'POST') {
    headers['Content-Type'] = contentType;
    headers['Content-Length'] = Buffer.byteLength(body);
  }
  return new Promise((resolve) => {
    const failed = (): void => resolve({ status: 0, location: null, cookies: [] });
    const request = http.request(
      { port, host: '127.0.0.1', agent, method: call.method, path: call.path, headers },
      (response) => {
        response.resume();
        response.on('error', failed);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            cookies: (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''),
          }),
        );
      },
    );
    request.on('error', failed);
    request.end(body);
  });
}

const FORM = 'application/x-www-form-urlencoded';

/** Counts answers; one that is not as expected has failed. */
function tally() {
  const began = performance.now();
  const times: number[] = [];
  let failed = 0;
  let firstFailure: string | null = null;
  return {
    note: (sent: number, isRight: boolean, what: string): void => {
      times.push(performance.now() - sent);
      if (isRight) return;
      failed += 1;
      firstFailure ??= what;
    },
    result: (): LoadResult => {
      const seconds = (performance.now() - began) / 1000;
      return {
        requests: times.length,
        failed,
        perSecond: round(times.length / seconds, 1),
        p50Ms: round(at(times, 0.5)),
        p95Ms: round(at(times, 0.95)),
        p99Ms: round(at(times, 0.99)),
        seconds: round(seconds),
        firstFailure,
      };
    },
  };
}

async function saves(job: Extract<Job, { kind: 'saves' }>, agent: http.Agent): Promise<LoadResult> {
  const until = performance.now() + job.seconds * 1000;
  const sums = tally();
  await Promise.all(
    job.seats.map(async ({ attemptId, cookie }) => {
      const path = `/attempts/${attemptId}/answers`;
      for (let seq = job.firstSeq; performance.now() < until; seq += 1) {
        const event = {
          epoch: 1,
          seq,
          position: (seq % POSITIONS) + 1,
          choice: 'B',
          clientTime: CLIENT_TIME,
        };
        const sent = performance.now();
        const body = JSON.stringify({ events: [event] });
        const { status } = await ask(
          job.port,
          agent,
          { method: 'POST', path, cookie, body },
          'application/json',
        );
        sums.note(sent, status === 200, `save: ${status}`);
      }
    }),
  );
  return sums.result();
}

async function loops(job: Extract<Job, { kind: 'loops' }>, agent: http.Agent): Promise<LoadResult> {
  const sums = tally();
  const calls = job.calls.values();
  const loop = async (): Promise<void> => {
    for (const call of calls) {
      const sent = performance.now();
      const { status } = await ask(job.port, agent, call, FORM);
      sums.note(sent, status === job.status, `${call.method} ${call.path}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: job.loops }, loop));
  return sums.result();
}

async function burst(job: Extract<Job, { kind: 'burst' }>, agent: http.Agent): Promise<LoadResult> {
  const sums = tally();
  const gapMs = job.withinMs / job.calls.length;
  await Promise.all(
    job.calls.map(async (call, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * gapMs));
      const sent = performance.now();
      const first = await ask(job.port, agent, call, FORM);
      const isRight = first.status === job.status;
      if (!job.opens || !isRight || first.location === null)
        return sums.note(sent, isRight, `${call.method} ${call.path}: ${first.status}`);
      const cookie = [call.cookie, ...first.cookies].join('; ');
      const page = await ask(job.port, agent, { method: 'GET', path: first.location, cookie }, FORM);
      return sums.note(sent, page.status === 200, `GET ${first.location}: ${page.status}`);
    }),
  );
  return sums.result();
}

async function run(job: Job): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true });
  try {
    switch (job.kind) {
      case 'saves':
        return await saves(job, agent);
      case 'loops':
        return await loops(job, agent);
      case 'burst':
        return await burst(job, agent);
    }
  } finally {
    agent.destroy();
  }
}

if (process.argv[1]?.endsWith('exam/load.ts'))
  for await (const line of readline.createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await run(JSON.parse(line) as Job)));
