import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountFormDoor } from '#app/platform/http/form-door.server.ts';
import { metAway } from '#app/platform/http/ordinary-way.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';

let asked = 0;
const app = express();
const server = http.createServer(app);

/** Behind the door: says what it reads of the body. */
function ordinary(req: express.Request, res: express.Response): void {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () =>
    res.status(metAway(req) ? 503 : 200).send(`ordinary ${Buffer.concat(chunks).toString('utf8')}`),
  );
}

beforeAll(async () => {
  mountFormDoor(app, {
    path: '/rooms/:room',
    log: createLogger({ level: 'fatal' }),
    answer: (form, req) => {
      asked += 1;
      if (form.get('do') === 'fail') return Promise.reject(new Error('trouble'));
      if (form.get('do') === 'find_away')
        return Promise.reject(Object.assign(new Error('no answer'), { code: 'ECONNREFUSED' }));
      const to = `/rooms/${req.params.room}/${form.get('do') ?? ''}`;
      return Promise.resolve(form.get('do') === 'leave' ? null : { to, cookies: ['a=1', 'b=2'] });
    },
  });
  app.use(ordinary);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/rooms/7`;

async function post(body: string, type = 'application/x-www-form-urlencoded') {
  const headers = { 'Content-Type': type };
  const response = await fetch(address(), { method: 'POST', redirect: 'manual', headers, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a form door', () => {
  it('leads on, with what the browser is to remember', async () => {
    const { status, headers } = await post('do=hand_in&x=%E7%94%B2');
    expect([status, headers.get('Location')]).toEqual([302, '/rooms/7/hand_in']);
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['what it leaves', 'do=leave&x=%E7%94%B2'],
    ['what it fails at', 'do=fail&x=1'],
  ])('the ordinary way reads %s once more, whole', async (_what, body) => {
    const { status, text } = await post(body);
    expect([status, text]).toEqual([200, `ordinary ${body}`]);
  });

  it('tells the ordinary way that the database was away, so that it is not asked again, and for this request alone', async () => {
    expect((await post('do=find_away')).status).toBe(503);
    expect((await post('do=leave')).status).toBe(200);
  });

  it('reads a form that comes in pieces, and keeps nobody else waiting meanwhile', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 13 };
      const request = http.request(address(), { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
      request.write('do=le');
      // Another connection is answered while the rest of this form is still to come.
      post('do=hand_in').then(({ status }) => {
        expect(status).toBe(302);
        request.end('ave&x=ab');
      }, reject);
    });
    expect(answer).toBe('ordinary do=leave&x=ab');
  });

  it('asks nobody about a form whose sender has hung up, and goes on serving', async () => {
    const before = asked;
    const arrived = once(server, 'request');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 50 };
    const request = http.request(address(), { method: 'POST', headers });
    const failed = once(request, 'error');
    request.write('do=leave');
    const [incoming] = (await arrived) as [http.IncomingMessage];
    const gone = new Promise((resolve) => incoming.once('close', resolve));
    request.destroy(new Error('hung up'));
    await Promise.all([failed, gone]);
    expect(asked).toBe(before);
    expect((await post('do=hand_in')).status).toBe(302);
  });

  it('is not asked about other bodies, nor long ones', async () => {
    const before = asked;
    expect((await post('{"do":"it"}', 'application/json')).text).toBe('ordinary {"do":"it"}');
    const long = `do=it&x=${'y'.repeat(5_000)}`;
    expect((await post(long)).text).toBe(`ordinary ${long}`);
    expect(asked).toBe(before);
  });
});
