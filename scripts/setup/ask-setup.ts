import type { AdminRole, SetupInput } from '#app/accounts/setup-installation.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';

export const SETUP_HELP = `npm run setup -- [options]

Sets up a real installation on an empty database: the top region and its three separate administrators, who get
one-time links (valid for seven days). Asks for what the options do not say.

  --region NAME          行政区名称, e.g. 渭阳市
  --code CODE            six digits of GB/T 2260, e.g. 610400
  --level LEVEL          province, city or county
  --system NAME          name of the 系统管理员    [--system-login LOGIN, default sysadmin]
  --security NAME        name of the 安全管理员    [--security-login LOGIN, default secadmin]
  --audit NAME           name of the 审计管理员    [--audit-login LOGIN, default auditor]

The demo city cannot become a real installation: name a new folder in DATA_DIR, or a new database in DATABASE_URL.
`;

const text = { type: 'string' } as const;

export const SETUP_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  region: text,
  code: text,
  level: text,
  system: text,
  security: text,
  audit: text,
  'system-login': { type: 'string', default: 'sysadmin' },
  'security-login': { type: 'string', default: 'secadmin' },
  'audit-login': { type: 'string', default: 'auditor' },
} as const;

type TextOption = Exclude<keyof typeof SETUP_OPTIONS, 'help'>;
export type SetupFlags = { readonly [K in TextOption]?: string | undefined };

const LEVELS = ['province', 'city', 'county'] as const;
const CODE = /^\d{6}$/;

/** Names differ from person to person; what a login may look like is the accounts slice's own rule. */
export const ROLE_TITLES: Readonly<Record<AdminRole, string>> = {
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
};

/**
 * Completes the flags by questions.
 * @param ask returns the answer, '' when there is nobody to ask
 * @returns the input of the use case; throws StartProblem SETUP_INCOMPLETE naming the option that is missing or wrong
 */
export async function askSetup(
  flags: SetupFlags,
  ask: (question: string) => Promise<string>,
): Promise<SetupInput> {
  const need = async (option: TextOption, question: string): Promise<string> => {
    const value = (flags[option] ?? (await ask(question))).trim();
    if (value !== '') return value;
    throw incomplete(option, '未填写', 'is missing');
  };
  const name = await need('region', '行政区名称（如 渭阳市）：');
  const code = await need('code', '行政区划代码（六位，如 610400）：');
  if (!CODE.test(code)) throw incomplete('code', '须为六位数字', 'must be six digits');
  const wantedLevel = await need('level', '级别（province 省、city 市、county 县）：');
  const level = LEVELS.find((known) => known === wantedLevel);
  if (level === undefined)
    throw incomplete('level', `可用：${LEVELS.join('、')}`, `must be ${LEVELS.join(', ')}`);
  const person = async (
    role: AdminRole,
    option: 'system' | 'security' | 'audit',
  ): Promise<SetupInput['administrators'][number]> => ({
    role,
    displayName: await need(option, `${ROLE_TITLES[role]}姓名：`),
    login: await need(`${option}-login`, `${ROLE_TITLES[role]}登录名：`),
  });
  return {
    region: { name, code, level },
    administrators: [
      await person('system_admin', 'system'),
      await person('security_admin', 'security'),
      await person('audit_admin', 'audit'),
    ],
  };
}

function incomplete(option: TextOption, zh: string, en: string): StartProblem {
  return new StartProblem('SETUP_INCOMPLETE', {
    zh: `--${option} ${zh}。说明：npm run setup -- --help`,
    en: `--${option} ${en}. See npm run setup -- --help`,
  });
}
