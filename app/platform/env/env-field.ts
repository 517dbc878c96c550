import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { parseDay } from '#app/platform/time/day.ts';

/** One sentence in both languages of the installation guide. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** How one environment variable is read, and what its owner is told when the value is wrong. */
export interface Field<T> {
  readonly schema: z.ZodType<T, string>;
  readonly wrong: Text;
  readonly allowed: Text;
  /** true: the value is never repeated in a message */
  readonly isSecret: boolean;
}

interface FieldTexts {
  readonly wrong: Text;
  readonly allowed: Text;
  readonly isSecret?: true;
}

const field = <T>(schema: z.ZodType<T, string>, texts: FieldTexts): Field<T> => ({
  schema,
  wrong: texts.wrong,
  allowed: texts.allowed,
  isSecret: texts.isSecret ?? false,
});

const text = (zh: string, en: string): Text => ({ zh, en });

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a host name or address never leaves this machine. Names other than localhost count as leaving it. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  const family = isIP(bare);
  return family !== 0 && loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const LOOKS_LIKE_ADDRESS = /^[\d.]+$/;

function isHost(value: string): boolean {
  if (isIP(value) !== 0) return true;
  return HOST_NAME.test(value) && !LOOKS_LIKE_ADDRESS.test(value);
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isOrigin(value: string): boolean {
  if (!isUrl(value, ['http:', 'https:'])) return false;
  const url = new URL(value);
  return (
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    !value.includes('#')
  );
}

function isDatabaseUrl(value: string): boolean {
  if (!isUrl(value, ['postgres:', 'postgresql:'])) return false;
  const url = new URL(value);
  return url.hostname !== '' && url.username !== '' && url.pathname.length > 1;
}

/** Names that Express understands beside addresses and subnets. */
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function isProxy(value: string): boolean {
  if (PROXY_NAMES.includes(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  // /0 would trust the whole world: the same as no check at all.
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128);
}

const wholeNumber = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** @param min lowest allowed value. @param max highest allowed value, both included */
export function numberField(min: number, max: number, meaning: Text): Field<number> {
  return field(wholeNumber(min, max), {
    wrong: text('不是允许范围内的整数', 'is not a whole number in the allowed range'),
    allowed: text(
      `${min}–${max} 的整数（${meaning.zh}）`,
      `a whole number from ${min} to ${max} (${meaning.en})`,
    ),
  });
}

export const hostField: Field<string> = field(z.string().refine(isHost), {
  wrong: text('不是主机名或 IP 地址', 'is not a host name or an IP address'),
  allowed: text('127.0.0.1、0.0.0.0、::1 或主机名', '127.0.0.1, 0.0.0.0, ::1 or a host name'),
});

export const originField: Field<string> = field(
  z
    .string()
    .refine(isOrigin)
    .transform((value) => new URL(value).origin),
  {
    wrong: text('不是网站根地址', 'is not the root address of a site'),
    allowed: text('https://域名[:端口]，不带路径', 'https://name[:port] without a path'),
  },
);

export const fileField: Field<string> = field(z.string().min(1), {
  wrong: text('不是文件路径', 'is not a file path'),
  allowed: text('PEM 文件的路径', 'path of a PEM file'),
});

export const directoryField: Field<string> = field(
  z.string().refine((value) => !value.includes('\0')),
  {
    wrong: text('不是文件夹路径', 'is not a folder path'),
    allowed: text('文件夹的路径', 'path of a folder'),
  },
);

export const proxiesField: Field<readonly string[]> = field(
  z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isProxy)),
  {
    wrong: text('不是可信代理的地址清单', 'is not a list of trusted proxies'),
    allowed: text(
      '逗号分隔的 IP、网段（如 10.1.2.3,10.2.0.0/16）或 loopback；不接受 true、*、/0',
      'addresses or subnets separated by commas (10.1.2.3,10.2.0.0/16) or loopback; never true, * or /0',
    ),
  },
);

export const databaseUrlField: Field<string> = field(z.string().refine(isDatabaseUrl), {
  wrong: text('不是 PostgreSQL 连接地址', 'is not a PostgreSQL address'),
  allowed: text('postgresql://用户:密码@主机:端口/数据库', 'postgresql://user:password@host:port/database'),
  isSecret: true,
});

/** @param minLength characters */
export function secretField(minLength: number): Field<string> {
  return field(z.string().min(minLength).regex(/^\S+$/), {
    wrong: text('太短或含空格', 'is too short or contains spaces'),
    allowed: text(
      `至少 ${minLength} 个字符、不含空格的随机文本（如 openssl rand -hex 32）`,
      `at least ${minLength} random characters without spaces (openssl rand -hex 32)`,
    ),
    isSecret: true,
  });
}

export const plainField: Field<string> = field(z.string().min(1), {
  wrong: text('不能使用', 'cannot be used'),
  allowed: text('非空文本', 'any text'),
});

export const passwordField: Field<string> = { ...plainField, isSecret: true };

export const mailAddressField: Field<string> = field(
  z.string().regex(/^([^<>@]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
  {
    wrong: text('不是邮件地址', 'is not a mail address'),
    allowed: text(
      'name@example.cn 或 执法学堂 <name@example.cn>',
      'name@example.cn or Name <name@example.cn>',
    ),
  },
);

/** Secrets and names travel there: encrypted, or not beyond this machine. */
const isSecureUrl = (value: string): boolean =>
  isUrl(value, ['https:']) || (isUrl(value, ['http:']) && isLoopbackHost(new URL(value).hostname));

const SECURE_URL_ALLOWED = text(
  'https:// 开头的地址（仅本机可用 http）',
  'an https:// address (http only on this machine)',
);

export const issuerField: Field<string> = field(z.string().refine(isSecureUrl), {
  wrong: text('不是安全的签发方地址', 'is not a secure issuer address'),
  allowed: SECURE_URL_ALLOWED,
});

/** The address may hold a key in its path, so it is never repeated. */
export const webhookUrlField: Field<string> = field(z.string().refine(isSecureUrl), {
  wrong: text('不是安全的网关地址', 'is not a secure gateway address'),
  allowed: SECURE_URL_ALLOWED,
  isSecret: true,
});

export const dayField: Field<string> = field(
  z.string().refine((value) => parseDay(value) !== null),
  {
    wrong: text('不是存在的日期', 'is not a day that exists'),
    allowed: text('YYYY-MM-DD，如 2026-11-21', 'YYYY-MM-DD, such as 2026-11-21'),
  },
);

export function choiceField<const T extends readonly [string, ...string[]]>(choices: T): Field<T[number]> {
  return field(z.enum(choices), {
    wrong: text('不在可选值之内', 'is not one of the choices'),
    allowed: text(choices.join('、'), choices.join(', ')),
  });
}
