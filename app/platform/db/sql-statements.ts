/**
 * Cuts a PostgreSQL script into its statements. Pure. Knows strings ('…', E'…'), quoted names, dollar quotes, line
 * comments and nested block comments, so that a `;` inside a function body does not cut it.
 * Needed where statements must be sent one by one: several in one message form a transaction, in which
 * CREATE INDEX CONCURRENTLY is refused.
 * @returns statements without their `;`, without empty ones; comments stay with the statement they stand before
 */
export function splitStatements(script: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  let position = 0;
  let hasContent = false;
  const finish = (): void => {
    if (hasContent) statements.push(script.slice(start, position).trim());
    hasContent = false;
  };
  while (position < script.length) {
    if (script[position] === ';') {
      finish();
      position += 1;
      start = position;
      continue;
    }
    const comment = commentEnd(script, position);
    if (comment !== null) {
      position = comment;
      continue;
    }
    if (!/\s/.test(script[position] ?? '')) hasContent = true;
    position = quotedEnd(script, position) ?? position + 1;
  }
  finish();
  return statements;
}

/** The first word of a statement in lower case, comments skipped. */
export function firstWord(statement: string): string {
  let position = 0;
  for (;;) {
    const comment = commentEnd(statement, position);
    if (comment !== null) position = comment;
    else if (/\s/.test(statement[position] ?? '')) position += 1;
    else break;
  }
  return /^[a-z]+/i.exec(statement.slice(position))?.[0].toLowerCase() ?? '';
}

/** End of the comment that begins at `position`, or null. */
function commentEnd(script: string, position: number): number | null {
  if (script.startsWith('--', position)) {
    const lineEnd = script.indexOf('\n', position);
    return lineEnd === -1 ? script.length : lineEnd + 1;
  }
  if (!script.startsWith('/*', position)) return null;
  let depth = 0;
  for (let at = position; at < script.length; at += 1) {
    if (script.startsWith('/*', at)) depth += 1;
    else if (script.startsWith('*/', at)) depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return script.length;
}

const endAfter = (script: string, closing: string, from: number): number => {
  const found = script.indexOf(closing, from);
  return found === -1 ? script.length : found + closing.length;
};

/** End of the string, quoted name or dollar quote that begins at `position`, or null. A doubled quote just begins the next one. */
function quotedEnd(script: string, position: number): number | null {
  const character = script[position];
  if (character === '"') return endAfter(script, '"', position + 1);
  if (character === "'") {
    const isEscaped = /[eE]/.test(script[position - 1] ?? '') && !/\w/.test(script[position - 2] ?? '');
    return isEscaped ? escapedEnd(script, position + 1) : endAfter(script, "'", position + 1);
  }
  // A dollar inside a name (`a$b$`) opens nothing.
  if (character !== '$' || /\w/.test(script[position - 1] ?? '')) return null;
  const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(script.slice(position, position + 80))?.[0];
  return tag === undefined ? null : endAfter(script, tag, position + tag.length);
}

function escapedEnd(script: string, from: number): number {
  for (let at = from; at < script.length; at += 1) {
    if (script[at] === '\\') at += 1;
    else if (script[at] === "'") return at + 1;
  }
  return script.length;
}
