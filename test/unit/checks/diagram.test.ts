import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { drawDiagram } from '#scripts/db/diagram-text.ts';

describe('the data model diagram', () => {
  it('is what the schema says (npm run db:diagram)', async () => {
    expect(await readFile('prisma/diagram.md', 'utf8')).toBe(
      drawDiagram(await readFile('prisma/schema.prisma', 'utf8')),
    );
  });

  it('draws tables with their keys and their relations', () => {
    const drawn = drawDiagram(
      '// ──── area ────\n\n/// A thing.\nmodel Thing {\n  id String @id @map("thing_id")\n  parts Part[]\n\n  @@map("thing")\n}\nmodel Part {\n  id String @id\n  thingId String? @map("thing_id")\n  thing Thing? @relation(fields: [thingId], references: [id])\n\n  @@map("part")\n}\n',
    );
    expect(drawn).toContain('string thing_id PK');
    expect(drawn).toContain('thing |o--o{ part');
    expect(drawn).toContain('- `thing` — A thing.');
  });
});
