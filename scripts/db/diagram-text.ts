interface Field {
  readonly name: string;
  readonly type: string;
  readonly isId: boolean;
  readonly isOptional: boolean;
}
interface Model {
  readonly name: string;
  readonly table: string;
  readonly about: string;
  readonly fields: readonly Field[];
  readonly relations: readonly { readonly to: string; readonly isOptional: boolean }[];
}
interface Area {
  readonly title: string;
  readonly models: readonly Model[];
}

const SCALARS = new Set([
  'String',
  'Int',
  'BigInt',
  'Boolean',
  'DateTime',
  'Json',
  'Bytes',
  'Float',
  'Decimal',
]);

function readModel(header: string, body: string, about: string): Model {
  const fields: Field[] = [];
  const relations: { to: string; isOptional: boolean }[] = [];
  for (const line of body.split('\n')) {
    const match = /^\s+(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/.exec(line);
    if (!match || line.trim().startsWith('@@') || line.trim().startsWith('///')) continue;
    const [, name = '', type = '', list, optional, rest = ''] = match;
    const column = /@map\("([^"]+)"\)/.exec(rest)?.[1] ?? name;
    if (SCALARS.has(type))
      fields.push({
        name: column,
        type: `${type.toLowerCase()}${list ? '_list' : ''}`,
        isId: /@id\b/.test(rest),
        isOptional: optional === '?',
      });
    else if (rest.includes('fields:')) relations.push({ to: type, isOptional: optional === '?' });
  }
  const table = /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? header;
  return { name: header, table, about, fields, relations };
}

/** The areas of the schema, in its own order: a line `// ───── name ─────` opens one. */
function readAreas(schema: string): Area[] {
  const parts = schema.split(/^\/\/ ─+ (\w+) ─+$/m);
  const areas: Area[] = [];
  for (let index = 1; index < parts.length; index += 2) {
    const text = parts[index + 1] ?? '';
    const models = [...text.matchAll(/((?:^\/\/\/[^\n]*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm)].map((match) =>
      readModel(
        match[2] ?? '',
        match[3] ?? '',
        (match[1] ?? '').replaceAll('///', '').replaceAll('\n', ' ').trim(),
      ),
    );
    areas.push({ title: parts[index] ?? '', models });
  }
  return areas;
}

function drawArea(area: Area, tableOf: ReadonlyMap<string, string>): string {
  const lines = ['```mermaid', 'erDiagram'];
  for (const model of area.models) {
    lines.push(`  ${model.table} {`);
    for (const field of model.fields)
      lines.push(
        `    ${field.type} ${field.name}${field.isId ? ' PK' : ''}${field.isOptional ? ' "nullable"' : ''}`,
      );
    lines.push('  }');
    for (const relation of model.relations) {
      const target = tableOf.get(relation.to) ?? relation.to;
      lines.push(`  ${target} ${relation.isOptional ? '|o' : '||'}--o{ ${model.table} : ""`);
    }
  }
  lines.push('```');
  const about = area.models
    .filter((model) => model.about !== '')
    .map((model) => `- \`${model.table}\` — ${model.about}`);
  return `## ${area.title}\n\n${lines.join('\n')}\n\n${about.join('\n')}\n`;
}

/** The data model as Mermaid diagrams, one per area, with the comments of the schema. Deterministic. */
export function drawDiagram(schema: string): string {
  const areas = readAreas(schema);
  const tableOf = new Map(
    areas.flatMap((area) => area.models.map((model) => [model.name, model.table] as const)),
  );
  const drawn = areas.map((area) => drawArea(area, tableOf));
  return `# Data model\n\nDrawn from \`schema.prisma\` by \`npm run db:diagram\`; do not edit.\n\n${drawn.join('\n')}`;
}
