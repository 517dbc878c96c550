import { transform } from 'esbuild';

interface Feature {
  readonly name: string;
  readonly pattern: RegExp;
}

/** CSS that Chromium 92 does not understand; checked on emitted files (design.md §2, browser baseline). */
const CSS_FEATURES: readonly Feature[] = [
  { name: ':has()', pattern: /:has\(/ },
  { name: 'dynamic viewport units', pattern: /[\d.]+[dsl]v[hwib]\b/ },
  { name: '@container', pattern: /@container\b/ },
  { name: '@layer', pattern: /@layer\b/ },
  { name: '@property', pattern: /@property\b/ },
  { name: 'color-mix()', pattern: /color-mix\(/ },
  { name: 'oklch()/lab() colours', pattern: /\b(oklch|oklab|lch|lab)\(/ },
  { name: 'nesting', pattern: /\{[^{}]*&[.:\s>[]/ },
  { name: 'subgrid', pattern: /\bsubgrid\b/ },
  { name: 'text-wrap', pattern: /text-wrap\s*:/ },
];

/** Methods a syntax check cannot see; each with a polyfill guard (`typeof x`, `x||`, `x??`, `.x?`) counts as handled. */
const JS_CALLS: readonly Feature[] = [
  { name: 'structuredClone', pattern: /(?<![.\w"'`]|typeof )structuredClone\(/ },
  { name: 'Object.hasOwn', pattern: /(?<!typeof )Object\.hasOwn\((?!.*Object\.hasOwn\s*\?)/ },
  { name: 'Object.groupBy', pattern: /Object\.groupBy\(/ },
  { name: 'Array.prototype.findLast', pattern: /\.findLast(Index)?\(/ },
  { name: 'Array.prototype.toSorted', pattern: /\.(toSorted|toReversed|toSpliced)\(/ },
  { name: 'Array.fromAsync', pattern: /Array\.fromAsync\(/ },
  { name: 'Promise.withResolvers', pattern: /Promise\.withResolvers\(/ },
  { name: 'Set methods', pattern: /\.(isSubsetOf|isSupersetOf|symmetricDifference)\(/ },
  // esbuild takes Chromium 91 for the first with static blocks; it is 94.
  { name: 'class static block', pattern: /[{;}\s]static\s*\{/ },
  { name: 'import.meta.resolve', pattern: /import\.meta\.resolve\(/ },
];

/** True when esbuild has to lower the syntax for Chromium 92, which means that it is newer. */
async function hasNewSyntax(code: string): Promise<boolean> {
  const options = { minifyWhitespace: true, charset: 'utf8', legalComments: 'none' } as const;
  const [lowered, plain] = await Promise.all([
    transform(code, { ...options, target: 'chrome92' }),
    transform(code, { ...options, target: 'esnext' }),
  ]);
  return lowered.code !== plain.code;
}

/** Names of the too-new features one emitted file uses. */
export async function newFeaturesIn(code: string, kind: 'js' | 'css'): Promise<string[]> {
  const list = kind === 'css' ? CSS_FEATURES : JS_CALLS;
  const found = list.filter((feature) => feature.pattern.test(code)).map((feature) => feature.name);
  if (kind === 'js' && (await hasNewSyntax(code))) found.push('new syntax');
  return found;
}
