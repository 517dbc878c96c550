import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { newId } from '#app/platform/ids/id.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import { isForeignRequest } from './origin-check.ts';
import { takeBytes } from './take-bytes.ts';

/**
 * A door that is knocked at thousands of times a second: node:http alone, without routing, rendering or page headers.
 * Whatever is out of the ordinary is left untouched to the ordinary way, which refuses and explains.
 */
export interface HotDoor<Who> {
  /** Bytes of a body that is read here. */
  readonly maxBodyBytes: number;
  /**
   * Who knocks and may; null leaves the request to the ordinary way. Asked once the whole body is here: what has come in
   * is answered for, even when its sender goes away meanwhile.
   * @param id what stands in the path for `:id`; empty for a path without
   */
  admit(cookieHeader: string | undefined, id: string): Promise<Who | null>;
  /** @param body what was sent as JSON; undefined when it was none */
  answer(who: Who, body: unknown): Promise<HotAnswer>;
  /** The answer to a failure of the two above; logs it. */
  fault(error: unknown, requestId: string): HotAnswer;
}

export interface HotAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** False: the request was left untouched. */
export type HotListener = (
  req: IncomingMessage,
  res: ServerResponse,
  knock: { readonly requestId: string; readonly id: string },
) => Promise<boolean>;

/** Hot doors by their path, in which one segment may be `:id`; all of them take POST. */
export type HotDoors = Readonly<Record<string, HotListener>>;

/** Logged where nobody was there to take the answer. */
const HUNG_UP = 499;

/** An answer of data: nothing in it may run, be framed, guessed at or kept. */
const DATA_HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
} as const;

const isPlainJson = ({ headers }: IncomingMessage, maxBodyBytes: number): boolean =>
  Number(headers['content-length'] ?? Number.NaN) <= maxBodyBytes &&
  headers['content-encoding'] === undefined &&
  headers['content-type']?.startsWith('application/json') === true;

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function send(res: ServerResponse, requestId: string, { status, body, headers }: HotAnswer): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    ...DATA_HEADERS,
    ...headers,
    'X-Request-Id': requestId,
    'Content-Length': Buffer.byteLength(text),
  });
  res.end(text);
}

export function openHotDoor<Who>(door: HotDoor<Who>): HotListener {
  return async (req, res, { requestId, id }) => {
    if (!isPlainJson(req, door.maxBodyBytes)) return false;
    const body = await takeBytes(req, Number(req.headers['content-length']));
    // Whoever has hung up before waits for no answer.
    if (body === null) return true;
    try {
      const who = await door.admit(req.headers.cookie, id);
      if (who === null) {
        if (body.length > 0) req.unshift(body);
        return req.destroyed;
      }
      send(res, requestId, await door.answer(who, jsonOf(body)));
    } catch (error) {
      send(res, requestId, door.fault(error, requestId));
    }
    return true;
  };
}

export interface HotOptions {
  readonly log: Logger;
  readonly doors: readonly HotDoors[];
  /** Origins under which people reach this server. */
  ownOrigins(): readonly string[];
}

interface Found {
  readonly listener: HotListener;
  readonly id: string;
}

/** Finds the door of a path: by the whole path, else by what stands before and after its `:id`. */
function doorFinder(doors: readonly HotDoors[]): (path: string) => Found | null {
  const all = doors.flatMap((some) => Object.entries(some));
  const exact = new Map(all.filter(([path]) => !path.includes(':id')));
  const open = all
    .filter(([path]) => path.includes(':id'))
    .map(([path, listener]) => {
      const [before = '', after = ''] = path.split(':id');
      return { before, after, listener };
    });
  return (path) => {
    const whole = exact.get(path);
    if (whole !== undefined) return { listener: whole, id: '' };
    for (const { before, after, listener } of open) {
      if (!path.startsWith(before) || !path.endsWith(after)) continue;
      const id = path.slice(before.length, path.length - after.length);
      if (id !== '' && !id.includes('/')) return { listener, id };
    }
    return null;
  };
}

/** Hot doors in front of the edge. Posts from other sites go to the edge, which refuses them. */
export function withHotDoors(edge: RequestListener, options: HotOptions): RequestListener {
  const find = doorFinder(options.doors);
  return (req, res) => {
    const { url: path = '', method = '', headers } = req;
    const door = method === 'POST' ? find(path) : null;
    const from = { origin: headers.origin, secFetchSite: headers['sec-fetch-site']?.toString() };
    if (door === null || isForeignRequest(method, from, options.ownOrigins())) return edge(req, res);
    const requestId = newId();
    const began = performance.now();
    door.listener(req, res, { requestId, id: door.id }).then(
      (isAnswered) => {
        if (!isAnswered) return edge(req, res);
        const ms = Math.round(performance.now() - began);
        const status = res.writableFinished || !res.destroyed ? res.statusCode : HUNG_UP;
        options.log.info({ requestId, method, path, status, ms }, 'request');
      },
      (error: unknown) => {
        options.log.error({ err: error, requestId }, 'hot door failed');
        res.destroy();
      },
    );
  };
}
