/** JSON text as data still to be checked; undefined when it is not JSON (a file torn by a power cut). */
export function parseJson(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
