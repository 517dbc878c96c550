import type express from 'express';
import type { ServerBuild } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { narrowBuild, quickBelow } from '#app/platform/http/narrow-build.server.ts';

type Route = NonNullable<ServerBuild['routes'][string]>;
const route = (id: string, parentId?: string, path?: string): Route => ({
  id,
  ...(parentId === undefined ? {} : { parentId }),
  ...(path === undefined ? {} : { path }),
  module: { default: () => null },
});
const BUILD: Pick<ServerBuild, 'routes'> & { assets: { routes: Record<string, { id: string }> } } = {
  assets: { routes: Object.fromEntries(['root', 'home', 'room', 'lost'].map((id) => [id, { id }])) },
  routes: Object.fromEntries(
    [
      route('root', undefined, ''),
      route('home', 'root'),
      route('room', 'root', 'rooms/:room'),
      route('frame', 'root'),
      route('result', 'frame', 'rooms/:room/result'),
      route('other', 'frame', 'roomservice'),
      route('lost', 'root', '*'),
    ].map((one) => [one.id, one]),
  ),
};

describe('a narrowed build', () => {
  it('keeps the routes below a path, their layouts and the page for what is not found', () => {
    const { routes, assets } = narrowBuild(BUILD as ServerBuild, 'rooms');
    expect(Object.keys(assets.routes)).toEqual(['root', 'room', 'lost']);
    expect(Object.keys(routes)).toEqual(['root', 'room', 'frame', 'result', 'lost']);
    expect(routes.room).toBe(BUILD.routes.room);
  });

  it('serves what lies below the path and nothing else', () => {
    const asked: string[] = [];
    const note =
      (who: string): express.RequestHandler =>
      (req) =>
        asked.push(`${who} ${req.path}`);
    const handler = quickBelow('rooms', note('quick'), note('pages'));
    for (const path of ['/rooms/7', '/rooms/7.data', '/rooms', '/roomservice', '/'])
      void handler({ path } as express.Request, {} as express.Response, () => undefined);
    expect(asked).toEqual([
      'quick /rooms/7',
      'quick /rooms/7.data',
      'pages /rooms',
      'pages /roomservice',
      'pages /',
    ]);
  });
});
