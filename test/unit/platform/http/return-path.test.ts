import { describe, expect, it } from 'vitest';
import { safeReturnPath } from '#app/platform/http/return-path.ts';

describe('the way back after a detour', () => {
  it.each(['/', '/hours?year=2026', '/a/b#c'])('%s is a way back', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each(['', 'hours', '//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', '/a\\b', null])(
    '%j leads home instead',
    (path) => {
      expect(safeReturnPath(path)).toBe('/');
    },
  );
});
