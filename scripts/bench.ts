import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../test/bench');

/** Each `test/bench/NAME.ts` exports `run`; what it returns is printed as the last line, one JSON object. */
interface Bench {
  run(args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
}

async function main(name: string | undefined, args: readonly string[]): Promise<number> {
  const file = path.join(FOLDER, `${name ?? ''}.ts`);
  if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(file)) {
    const names = (await readdir(FOLDER))
      .filter((entry) => entry.endsWith('.ts'))
      .map((entry) => entry.slice(0, -3));
    console.error(`npm run bench NAME — one of: ${names.join(', ')}`);
    return 2;
  }
  const bench = (await import(pathToFileURL(file).href)) as Bench;
  console.log(JSON.stringify(await bench.run(args)));
  return 0;
}

process.exitCode = await main(process.argv[2], process.argv.slice(3));
