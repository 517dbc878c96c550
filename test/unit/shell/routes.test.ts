import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROLES } from '#app/accounts/role.ts';
import routes from '#app/routes.ts';
import { navigationFor, ownLinksFor } from '#app/shell/navigation.ts';

interface Entry {
  readonly path?: string;
  readonly file: string;
  readonly children?: readonly Entry[];
}

function flatten(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children ?? [])]);
}

const all: readonly Entry[] = flatten(routes);

describe('the map of URLs', () => {
  it('names files that exist', () => {
    const missing = all.filter((entry) => !existsSync(`app/${entry.file}`));
    expect(missing).toEqual([]);
  });

  it('gives no path to two pages', () => {
    const paths = all.flatMap((entry) => entry.path ?? []);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('has every page the navigation leads to, for every role', () => {
    const paths = new Set(all.map((entry) => `/${entry.path ?? ''}`));
    for (const role of ROLES) {
      const links = [...navigationFor([role]).flatMap((group) => group.items), ...ownLinksFor([role])];
      for (const link of links) expect(paths, `${role}: ${link.label}`).toContain(link.to);
    }
  });
});
