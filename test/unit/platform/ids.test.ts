import { describe, expect, it } from 'vitest';
import { isId, newId } from '#app/platform/ids/id.ts';

describe('ids', () => {
  it('are UUIDv7, unique and ascending within a process', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('are recognised in their textual form only', () => {
    expect(isId(newId())).toBe(true);
    expect(isId("1' or '1'='1")).toBe(false);
    expect(isId(null)).toBe(false);
  });
});
