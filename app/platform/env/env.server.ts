import { done, refused, type Outcome } from '#app/platform/result/outcome.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Day } from '#app/platform/time/day.ts';
import {
  choiceField,
  databaseUrlField,
  dayField,
  directoryField,
  fileField,
  hostField,
  isLoopbackHost,
  issuerField,
  mailAddressField,
  numberField,
  originField,
  passwordField,
  plainField,
  proxiesField,
  secretField,
  webhookUrlField,
  type Field,
  type Text,
} from './env-field.ts';

/** The environment, read once at the start. Nothing else looks into `process.env` for settings. */
export interface Env {
  /** TCP port; 0 = any free one (tests) */
  readonly port: number;
  readonly host: string;
  /** Origin under which people reach the platform; null = the address it listens on */
  readonly publicUrl: string | null;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Addresses, subnets or `loopback`; empty = forwarded headers are ignored */
  readonly trustedProxies: readonly string[];
  readonly database:
    | { readonly kind: 'embedded' }
    | {
        readonly kind: 'own';
        readonly servingUrl: string;
        /** null: one role does everything, so triggers alone protect append-only tables */
        readonly ownerUrl: string | null;
        readonly replicaUrl: string | null;
      };
  /** As given (may be relative to the checkout); null = chosen by the embedded database */
  readonly dataDir: string | null;
  /** null only with the embedded database, which makes and keeps one */
  readonly appSecret: string | null;
  readonly seed: 'demo' | 'none';
  /** SEED was named: then it must agree with what the database is */
  readonly isSeedGiven: boolean;
  /** null = today */
  readonly seedDay: Day | null;
  /** Processes that serve requests */
  readonly workers: number;
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly security: 'starttls' | 'tls' | 'none';
    readonly login: { readonly user: string; readonly password: string } | null;
    readonly from: string;
  } | null;
  /** Gateway for text messages or 政务微信 */
  readonly webhook: {
    readonly url: string;
    /** Key of the HMAC over every request */
    readonly secret: string;
  } | null;
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** Words on the sign-in button */
    readonly label: string;
  } | null;
  readonly metricsToken: string | null;
}

export type EnvRecord = Readonly<Record<string, string | undefined>>;

/** Limits of the numbers; a two-digit worker count is a typing error on every machine this runs on. */
const MAX_PORT = 65_535;
const MAX_WORKERS = 64;
/** The key derivation refuses shorter ones (platform/secret); a gateway's key is held to the same. */
const MIN_SECRET_LENGTH = 32;
const MIN_TOKEN_LENGTH = 16;
const SHOWN_VALUE_LENGTH = 60;

interface Reader {
  /** The value, null when the variable is absent or empty, or null with a noted problem when it is wrong. */
  read<T>(name: string, field: Field<T>): T | null;
  has(name: string): boolean;
  problem(name: string, text: Text): void;
  readonly problems: Readonly<Record<string, string>>;
}

function createReader(record: EnvRecord): Reader {
  const problems: Record<string, string> = {};
  const rawOf = (name: string): string => record[name]?.trim() ?? '';
  const problem = (name: string, text: Text): void => {
    const lines = `${name}：${text.zh}\n${name}: ${text.en}`;
    problems[name] = problems[name] === undefined ? lines : `${problems[name]}\n${lines}`;
  };
  return {
    problems,
    problem,
    has: (name) => rawOf(name) !== '',
    read: (name, field) => {
      const raw = rawOf(name);
      if (raw === '') return null;
      const parsed = field.schema.safeParse(raw);
      if (parsed.success) return parsed.data;
      const shown = field.isSecret ? '' : `"${raw.slice(0, SHOWN_VALUE_LENGTH)}" `;
      problem(name, {
        zh: `${shown}${field.wrong.zh}。可用：${field.allowed.zh}`,
        en: `${shown}${field.wrong.en}. Allowed: ${field.allowed.en}`,
      });
      return null;
    },
  };
}

function readTls(reader: Reader): Env['tls'] {
  const certFile = reader.read('TLS_CERT_FILE', fileField);
  const keyFile = reader.read('TLS_KEY_FILE', fileField);
  if (certFile !== null && keyFile !== null) return { certFile, keyFile };
  if (certFile !== null || keyFile !== null) {
    reader.problem(certFile === null ? 'TLS_CERT_FILE' : 'TLS_KEY_FILE', {
      zh: '未设置。证书与私钥两个文件必须同时设置，或都不设置',
      en: 'is not set. Certificate and key belong together: set both or neither',
    });
  }
  return null;
}

/**
 * Beyond loopback, plain HTTP breaks what the platform promises: the service worker that keeps exam answers through
 * an outage, WebCrypto and `__Host-` cookies exist in secure contexts only.
 */
function checkTransport(reader: Reader, env: Pick<Env, 'host' | 'publicUrl'>): void {
  // A wrong certificate or proxy setting is a problem of its own, said elsewhere.
  const isSecured = ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TRUST_PROXY'].some((name) => reader.has(name));
  if (!isSecured && !isLoopbackHost(env.host)) {
    reader.problem('HOST', {
      zh:
        `${env.host} 会让其他机器以明文 HTTP 访问，不予启动。任选其一：` +
        '① 设置 TLS_CERT_FILE 和 TLS_KEY_FILE；② 由反向代理提供 HTTPS，并在 TRUST_PROXY 写明其地址；③ HOST=127.0.0.1 仅限本机',
      en:
        `${env.host} would serve plain HTTP to other machines, which is refused. Choose one: ` +
        '(1) set TLS_CERT_FILE and TLS_KEY_FILE; (2) let a reverse proxy provide HTTPS and name its address in TRUST_PROXY; ' +
        '(3) HOST=127.0.0.1 for this machine only',
    });
  }
  if (env.publicUrl === null) return;
  const url = new URL(env.publicUrl);
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    reader.problem('PUBLIC_URL', {
      zh: `${env.publicUrl} 不是 HTTPS。可用：https:// 开头的地址（仅本机可用 http）`,
      en: `${env.publicUrl} is not HTTPS. Allowed: an https:// address (http only on this machine)`,
    });
  }
}

function readDatabase(reader: Reader): Env['database'] {
  const servingUrl = reader.read('DATABASE_URL', databaseUrlField);
  const ownerUrl = reader.read('DATABASE_OWNER_URL', databaseUrlField);
  const replicaUrl = reader.read('DATABASE_REPLICA_URL', databaseUrlField);
  if (reader.has('DATABASE_URL')) return { kind: 'own', servingUrl: servingUrl ?? '', ownerUrl, replicaUrl };
  for (const name of ['DATABASE_OWNER_URL', 'DATABASE_REPLICA_URL']) {
    if (!reader.has(name)) continue;
    reader.problem(name, {
      zh: '已设置，但未设置 DATABASE_URL。使用自备数据库时须同时设置 DATABASE_URL',
      en: 'is set, but DATABASE_URL is not. A server of your own needs DATABASE_URL as well',
    });
  }
  return { kind: 'embedded' };
}

function readSecret(reader: Reader, database: Env['database']): string | null {
  const secret = reader.read('APP_SECRET', secretField(MIN_SECRET_LENGTH));
  if (database.kind === 'own' && !reader.has('APP_SECRET')) {
    reader.problem('APP_SECRET', {
      zh: `未设置。使用自备数据库（DATABASE_URL）时必须设置，至少 ${MIN_SECRET_LENGTH} 个字符，且此后不得更换（如 openssl rand -hex 32）`,
      en:
        `is not set. A server of your own (DATABASE_URL) needs one of at least ${MIN_SECRET_LENGTH} characters, ` +
        'the same at every start (openssl rand -hex 32)',
    });
  }
  return secret;
}

const SMTP_NAMES = ['SMTP_PORT', 'SMTP_SECURITY', 'SMTP_USER', 'SMTP_PASSWORD', 'SMTP_FROM'];

function readSmtp(reader: Reader): Env['smtp'] {
  const host = reader.read('SMTP_HOST', hostField);
  const security = reader.read('SMTP_SECURITY', choiceField(['starttls', 'tls', 'none'])) ?? 'starttls';
  const port =
    reader.read('SMTP_PORT', numberField(1, MAX_PORT, { zh: '端口', en: 'port' })) ??
    (security === 'tls' ? 465 : 587);
  const user = reader.read('SMTP_USER', plainField);
  const password = reader.read('SMTP_PASSWORD', passwordField);
  const from = reader.read('SMTP_FROM', mailAddressField);
  if (!reader.has('SMTP_HOST')) {
    requireWith(reader, 'SMTP_HOST', SMTP_NAMES);
    return null;
  }
  requireWith(reader, 'SMTP_FROM', ['SMTP_HOST']);
  requireWith(reader, 'SMTP_USER', ['SMTP_PASSWORD']);
  requireWith(reader, 'SMTP_PASSWORD', ['SMTP_USER']);
  if (host === null || from === null) return null;
  return {
    host,
    port,
    security,
    login: user === null || password === null ? null : { user, password },
    from,
  };
}

function readWebhook(reader: Reader): Env['webhook'] {
  const url = reader.read('WEBHOOK_URL', webhookUrlField);
  const secret = reader.read('WEBHOOK_SECRET', secretField(MIN_SECRET_LENGTH));
  requireWith(reader, 'WEBHOOK_URL', ['WEBHOOK_SECRET']);
  requireWith(reader, 'WEBHOOK_SECRET', ['WEBHOOK_URL']);
  return url === null || secret === null ? null : { url, secret };
}

function readOidc(reader: Reader): Env['oidc'] {
  const issuer = reader.read('OIDC_ISSUER', issuerField);
  const clientId = reader.read('OIDC_CLIENT_ID', plainField);
  const clientSecret = reader.read('OIDC_CLIENT_SECRET', passwordField);
  const label = reader.read('OIDC_LABEL', plainField) ?? '统一身份认证登录';
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_LABEL'];
  for (const name of names.slice(0, 3)) requireWith(reader, name, names);
  if (issuer === null || clientId === null || clientSecret === null) return null;
  return { issuer, clientId, clientSecret, label };
}

/** Notes a problem when `name` is missing although one of `companions` is there. */
function requireWith(reader: Reader, name: string, companions: readonly string[]): void {
  if (reader.has(name)) return;
  const present = companions.filter((companion) => reader.has(companion));
  if (present.length === 0) return;
  reader.problem(name, {
    zh: `未设置，但已设置 ${present.join('、')}。须同时设置，或都不设置`,
    en: `is not set, but ${present.join(', ')} is. Set them together or not at all`,
  });
}

/**
 * Reads the settings of design.md §4. Absent and empty variables get their default.
 * @returns the settings, or BAD_ENVIRONMENT with one entry in `detail` for each wrong variable: a Chinese and an
 *   English line saying what is wrong and what is allowed (values of secrets are never repeated).
 */
export function parseEnv(record: EnvRecord): Outcome<Env, 'BAD_ENVIRONMENT'> {
  const reader = createReader(record);
  const port = reader.read('PORT', numberField(0, MAX_PORT, { zh: '端口', en: 'port' })) ?? 3000;
  const host = reader.read('HOST', hostField) ?? '127.0.0.1';
  const publicUrl = reader.read('PUBLIC_URL', originField);
  const tls = readTls(reader);
  const trustedProxies = reader.read('TRUST_PROXY', proxiesField) ?? [];
  checkTransport(reader, { host, publicUrl });
  const database = readDatabase(reader);
  const env: Env = {
    port,
    host,
    publicUrl,
    tls,
    trustedProxies,
    database,
    dataDir: reader.read('DATA_DIR', directoryField),
    appSecret: readSecret(reader, database),
    seed:
      reader.read('SEED', choiceField(['demo', 'none'])) ?? (database.kind === 'embedded' ? 'demo' : 'none'),
    isSeedGiven: reader.has('SEED'),
    seedDay: reader.read('SEED_DAY', dayField),
    workers: reader.read('WORKERS', numberField(1, MAX_WORKERS, { zh: '进程数', en: 'processes' })) ?? 1,
    smtp: readSmtp(reader),
    webhook: readWebhook(reader),
    oidc: readOidc(reader),
    metricsToken: reader.read('METRICS_TOKEN', secretField(MIN_TOKEN_LENGTH)),
  };
  return Object.keys(reader.problems).length === 0 ? done(env) : refused('BAD_ENVIRONMENT', reader.problems);
}

/** The settings of this process. Throws a StartProblem that lists every wrong variable. */
export function loadEnv(record: EnvRecord = process.env): Env {
  const outcome = parseEnv(record);
  if (outcome.ok) return outcome.value;
  const lines = Object.values(outcome.detail ?? {}).flatMap((entry) => String(entry).split('\n'));
  throw new StartProblem(outcome.code, {
    zh: ['环境变量有误，未启动：', ...lines.filter((_line, index) => index % 2 === 0)].join('\n  '),
    en: [
      'Wrong environment variables, nothing was started:',
      ...lines.filter((_line, index) => index % 2 === 1),
    ].join('\n  '),
  });
}
