import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from '#app/platform/env/env-field.ts';
import { loadEnv, parseEnv, type Env, type EnvRecord } from '#app/platform/env/env.server.ts';

const SECRET = 'x'.repeat(32);
const OWN = { DATABASE_URL: 'postgresql://app:pw@db.local:5432/zhifa', APP_SECRET: SECRET };

function accepted(record: EnvRecord): Env {
  const outcome = parseEnv(record);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.detail));
  return outcome.value;
}

/** Names of the refused variables, with their messages. */
function refusedFor(record: EnvRecord): Readonly<Record<string, unknown>> {
  const outcome = parseEnv(record);
  if (outcome.ok) throw new Error('was accepted');
  expect(outcome.code).toBe('BAD_ENVIRONMENT');
  return outcome.detail ?? {};
}

describe('the environment', () => {
  it('needs no variable at all: the embedded demo on this machine', () => {
    expect(accepted({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      tls: null,
      trustedProxies: [],
      database: { kind: 'embedded' },
      dataDir: null,
      appSecret: null,
      seed: 'demo',
      isSeedGiven: false,
      seedDay: null,
      workers: 1,
      smtp: null,
      webhook: null,
      oidc: null,
      metricsToken: null,
    });
  });

  it('takes empty and blank values for absent ones', () => {
    expect(accepted({ PORT: '', HOST: '  ', SEED: '' })).toEqual(accepted({}));
  });

  it('reads every variable', () => {
    const env = accepted({
      ...OWN,
      PORT: '8443',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://zf.example.cn/',
      TLS_CERT_FILE: '/etc/cert.pem',
      TLS_KEY_FILE: '/etc/key.pem',
      TRUST_PROXY: '10.1.2.3, 10.2.0.0/16,loopback, fd00::/8',
      DATABASE_OWNER_URL: 'postgres://owner:pw@db.local/zhifa',
      DATABASE_REPLICA_URL: 'postgres://app:pw@replica.local/zhifa',
      DATA_DIR: '/数据 1',
      SEED: 'demo',
      SEED_DAY: '2026-11-21',
      WORKERS: '2',
      SMTP_HOST: 'mail.example.cn',
      SMTP_SECURITY: 'tls',
      SMTP_USER: 'u',
      SMTP_PASSWORD: 'p',
      SMTP_FROM: '执法学堂 <zf@example.cn>',
      WEBHOOK_URL: 'https://sms.example.cn/send?app=1',
      WEBHOOK_SECRET: SECRET,
      OIDC_ISSUER: 'https://id.example.cn',
      OIDC_CLIENT_ID: 'zf',
      OIDC_CLIENT_SECRET: 's',
      METRICS_TOKEN: 'm'.repeat(16),
    });
    expect(env).toEqual({
      port: 8443,
      host: '0.0.0.0',
      publicUrl: 'https://zf.example.cn',
      tls: { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' },
      trustedProxies: ['10.1.2.3', '10.2.0.0/16', 'loopback', 'fd00::/8'],
      database: {
        kind: 'own',
        servingUrl: OWN.DATABASE_URL,
        ownerUrl: 'postgres://owner:pw@db.local/zhifa',
        replicaUrl: 'postgres://app:pw@replica.local/zhifa',
      },
      dataDir: '/数据 1',
      appSecret: SECRET,
      seed: 'demo',
      isSeedGiven: true,
      seedDay: '2026-11-21',
      workers: 2,
      smtp: {
        host: 'mail.example.cn',
        port: 465,
        security: 'tls',
        login: { user: 'u', password: 'p' },
        from: '执法学堂 <zf@example.cn>',
      },
      webhook: { url: 'https://sms.example.cn/send?app=1', secret: SECRET },
      oidc: { issuer: 'https://id.example.cn', clientId: 'zf', clientSecret: 's', label: '统一身份认证登录' },
      metricsToken: 'm'.repeat(16),
    });
  });

  it('seeds nothing into a server of one’s own unless told to', () => {
    expect(accepted(OWN).seed).toBe('none');
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['HOST', 'http://x'],
    ['HOST', '999.1.1.1'],
    ['PUBLIC_URL', 'zf.example.cn'],
    ['PUBLIC_URL', 'https://zf.example.cn/path'],
    ['PUBLIC_URL', 'https://zf.example.cn?x=1'],
    ['PUBLIC_URL', 'ftp://zf.example.cn'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '*'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '10.0.0.1/33'],
    ['TRUST_PROXY', '10.0.0.1,'],
    ['DATABASE_URL', 'mysql://a:b@c/d'],
    ['DATABASE_URL', 'postgresql://app:pw@db.local'],
    ['SEED', 'yes'],
    ['SEED_DAY', '2023-02-30'],
    ['SEED_DAY', '2026/11/21'],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['APP_SECRET', 'short'],
    ['APP_SECRET', `${'x'.repeat(31)} y`],
    ['METRICS_TOKEN', 'short'],
  ])('refuses %s=%s, saying in both languages what is allowed', (name, value) => {
    const problems = refusedFor({
      ...(name === 'DATABASE_URL' ? { APP_SECRET: SECRET } : {}),
      [name]: value,
    });
    expect(Object.keys(problems)).toEqual([name]);
    const [chinese = '', english = '', ...rest] = String(problems[name]).split('\n');
    expect(rest).toEqual([]);
    expect(chinese).toMatch(new RegExp(`^${name}：.*可用：`));
    expect(english).toMatch(new RegExp(`^${name}: .*Allowed: `));
  });

  it.each(['http://sms.example.cn/send', 'ftp://sms.example.cn', 'sms.example.cn'])(
    'sends names to no gateway that is not encrypted: %s',
    (url) => {
      expect(Object.keys(refusedFor({ WEBHOOK_URL: url, WEBHOOK_SECRET: SECRET }))).toEqual(['WEBHOOK_URL']);
    },
  );

  it('sends to a gateway on this machine without TLS', () => {
    const webhook = { url: 'http://127.0.0.1:9000/send', secret: SECRET };
    expect(accepted({ WEBHOOK_URL: webhook.url, WEBHOOK_SECRET: SECRET }).webhook).toEqual(webhook);
  });

  it('lists all wrong values at once', () => {
    expect(Object.keys(refusedFor({ PORT: 'a', SEED: 'b', WORKERS: 'c' })).sort()).toEqual([
      'PORT',
      'SEED',
      'WORKERS',
    ]);
  });

  it('never repeats the value of a secret', () => {
    const problems = refusedFor({
      APP_SECRET: 'hunter2',
      METRICS_TOKEN: 'hunter2',
      DATABASE_URL: 'mysql://app:hunter2@db/zhifa',
    });
    expect(Object.keys(problems)).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each([
    ['APP_SECRET', { DATABASE_URL: OWN.DATABASE_URL }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: OWN.DATABASE_URL }],
    ['DATABASE_REPLICA_URL', { DATABASE_REPLICA_URL: OWN.DATABASE_URL }],
    ['TLS_KEY_FILE', { TLS_CERT_FILE: '/c.pem' }],
    ['TLS_CERT_FILE', { TLS_KEY_FILE: '/k.pem' }],
    ['SMTP_FROM', { SMTP_HOST: 'mail.example.cn' }],
    ['SMTP_HOST', { SMTP_FROM: 'a@b.cn' }],
    ['SMTP_PASSWORD', { SMTP_HOST: 'mail.example.cn', SMTP_FROM: 'a@b.cn', SMTP_USER: 'u' }],
    ['SMTP_USER', { SMTP_HOST: 'mail.example.cn', SMTP_FROM: 'a@b.cn', SMTP_PASSWORD: 'p' }],
    ['WEBHOOK_SECRET', { WEBHOOK_URL: 'https://sms.example.cn' }],
    ['WEBHOOK_URL', { WEBHOOK_SECRET: SECRET }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://id.example.cn', OIDC_CLIENT_ID: 'x' }],
  ])('misses %s where the others need it', (name, record) => {
    expect(Object.keys(refusedFor(record))).toEqual([name]);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, ['HOST']],
    [{ HOST: '::' }, ['HOST']],
    [{ HOST: '192.168.1.5' }, ['HOST']],
    [{ HOST: 'server.local' }, ['HOST']],
    [{ HOST: '127.0.0.1.example.cn' }, ['HOST']],
    [{ PUBLIC_URL: 'http://zf.example.cn' }, ['PUBLIC_URL']],
  ])('does not serve plain HTTP beyond this machine: %o', (record, names) => {
    expect(Object.keys(refusedFor(record))).toEqual(names);
  });

  it.each([
    { HOST: '::1' },
    { HOST: 'localhost' },
    { HOST: '127.0.0.2', PUBLIC_URL: 'http://localhost:3000' },
    { HOST: '0.0.0.0', TRUST_PROXY: '10.1.2.3' },
    { HOST: '0.0.0.0', TLS_CERT_FILE: '/c.pem', TLS_KEY_FILE: '/k.pem' },
  ])('serves on this machine, with TLS, or behind a named proxy: %o', (record) => {
    expect(accepted(record).host).toBe(record.HOST);
  });

  it('stops a start with one text that holds every line', () => {
    expect(() => loadEnv({ PORT: 'x', SEED: 'y' })).toThrow(
      /环境变量有误[\s\S]*PORT：[\s\S]*SEED：[\s\S]*nothing was started[\s\S]*PORT: [\s\S]*SEED: /,
    );
  });
});

describe('loopback', () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1', '[::1]', 'localhost', 'app.localhost'])(
    '%s stays on this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each(['0.0.0.0', '::', '128.0.0.1', '10.0.0.1', 'example.cn', 'localhost.example.cn'])(
    '%s leaves it',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});
