import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { mountBell } from '#app/exam/ahead/bell-endpoint.server.ts';
import { answersDoor, mountAnswers } from '#app/exam/sitting/answers-endpoint.server.ts';
import { deviceCookie } from '#app/exam/sitting/device.server.ts';
import { mountRoom } from '#app/exam/sitting/evidence/room-endpoints.server.ts';
import { mountRoomForms } from '#app/exam/sitting/room-forms.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { withHotDoors } from '#app/platform/http/hot-door.server.ts';
import { edgeAround, servicesOf } from './services.ts';

export interface SaveServer {
  readonly url: string;
  /**
   * Cookie header of a signed-in browser that holds the key of an attempt.
   * @param bond of a session of the exam door: the registration it serves, and until when
   */
  cookieFor(
    accountId: string,
    device?: { attemptId: string; deviceKey: string },
    bond?: { readonly to: string; readonly until: Date },
  ): Promise<string>;
  signOut(cookie: string): Promise<void>;
  close(): Promise<void>;
}

const firstPair = (setCookie: string): string => setCookie.split(';')[0] ?? '';

function endpointAlone(services: Services): express.Express {
  const app = express();
  mountAnswers(app, services);
  mountRoomForms(app, services);
  mountRoom(app, services);
  mountBell(app, services);
  return app;
}

/** The save endpoint as it stands before Remix, with real sessions, on a free port. */
export async function startSaveServer(
  ctx: Ctx,
  options: { readonly isBehindEdge?: boolean; readonly hasHotDoor?: boolean } = {},
): Promise<SaveServer> {
  const services = servicesOf(ctx);
  const { sessions } = services;
  const app = options.isBehindEdge
    ? edgeAround(ctx, (app) => mountAnswers(app, services))
    : endpointAlone(services);
  const doors = options.hasHotDoor === false ? [] : [{ '/attempts/:id/answers': answersDoor(services) }];
  const server = http.createServer(withHotDoors(app, { log: ctx.log, doors, ownOrigins: () => [] }));
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cookieFor: async (accountId, device, bond) => {
      const session = firstPair((await sessions.create(accountId, bond)).setCookie);
      return device
        ? `${session}; ${firstPair(deviceCookie(device.attemptId, device.deviceKey, false))}`
        : session;
    },
    signOut: async (cookie) => {
      await sessions.end(cookie);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
