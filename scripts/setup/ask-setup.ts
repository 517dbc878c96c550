import { isLogin, LOGIN_RULE_TEXT, normaliseLogin } from '#app/accounts/login-rules.ts';
import type { AdminRole, SetupInput, SetupLink } from '#app/accounts/setup-installation.server.ts';
import { levelOfCode } from '#app/organization/tree/region-code.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';

export const SETUP_HELP = `npm run setup -- [options]

Sets up a real installation on an empty database: the top region, its three separate administrators and, if you like,
the bureau's first account. Each gets a one-time link (valid for seven days). Asks for what the options do not say.
Give DATABASE_URL or DATA_DIR, PORT and PUBLIC_URL as for npm start: the links use them.

  --region NAME          行政区名称, e.g. 渭阳市
  --code CODE            six digits of GB/T 2260, e.g. 610400
  --level LEVEL          province, city or county; may be left out, the code says it
  --system NAME          name of the 系统管理员    [--system-login LOGIN, default sysadmin]
  --security NAME        name of the 安全管理员    [--security-login LOGIN, default secadmin]
  --audit NAME           name of the 审计管理员    [--audit-login LOGIN, default auditor]
  --bureau NAME          name of the 司法局's first account, optional [--bureau-login LOGIN, default bureau]

  --relink LOGIN         only makes a new one-time link for an account that is there; links given before end

The demo city cannot become a real installation: name a new folder in DATA_DIR, or a new database in DATABASE_URL.
`;

const text = { type: 'string' } as const;

export const SETUP_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  relink: text,
  region: text,
  code: text,
  level: text,
  system: text,
  security: text,
  audit: text,
  bureau: text,
  'system-login': { type: 'string', default: 'sysadmin' },
  'security-login': { type: 'string', default: 'secadmin' },
  'audit-login': { type: 'string', default: 'auditor' },
  'bureau-login': { type: 'string', default: 'bureau' },
} as const;

type TextOption = Exclude<keyof typeof SETUP_OPTIONS, 'help' | 'relink'>;
export type SetupFlags = { readonly [K in TextOption]?: string | undefined };

/** How a question reaches the person. */
export interface Terminal {
  /** The answer, without blanks at its ends. */
  ask(question: string): Promise<string>;
  /** Says why an answer cannot be taken, before the question comes again. */
  say(text: string): void;
}

const LEVELS = ['province', 'city', 'county'] as const;
type Level = (typeof LEVELS)[number];

export const ROLE_TITLES: Readonly<Record<SetupLink['role'], string>> = {
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
  justice_bureau: '司法局（首个业务账号）',
};

/** What is wrong with a value, in both languages; null when it can be taken. */
type Check = (value: string) => { readonly zh: string; readonly en: string } | null;

const anything: Check = () => null;
const aLogin: Check = (value) =>
  isLogin(normaliseLogin(value))
    ? null
    : { zh: LOGIN_RULE_TEXT, en: 'takes 2 to 40 characters of a-z 0-9 . _ -' };
const aCode: Check = (value) =>
  value.length === 6 && levelOfCode(value) !== null
    ? null
    : { zh: '须为六位数字的行政区划代码', en: 'must be a division code of six digits' };
/**
 * Completes the flags by questions. A wrong answer is explained and asked for again; a wrong flag is not.
 * @param terminal null when there is nobody to ask
 * @returns the input of the use case; throws StartProblem SETUP_INCOMPLETE naming the option that is missing or wrong
 */
export async function askSetup(flags: SetupFlags, terminal: Terminal | null): Promise<SetupInput> {
  const need = async (option: TextOption, question: string, check: Check): Promise<string> => {
    const given = flags[option]?.trim();
    if (given !== undefined || terminal === null) {
      if (given === undefined || given === '') throw incomplete(option, { zh: '未填写', en: 'is missing' });
      const problem = check(given);
      if (problem !== null) throw incomplete(option, problem);
      return given;
    }
    for (;;) {
      const answer = await terminal.ask(question);
      const problem = answer === '' ? { zh: '请填写', en: 'is missing' } : check(answer);
      if (problem === null) return answer;
      terminal.say(problem.zh);
    }
  };
  const name = await need('region', '行政区名称（如 渭阳市）：', anything);
  const code = await need('code', '行政区划代码（六位，如 610400）：', aCode);
  const level = levelFrom(flags.level?.trim(), code);
  const person = async (role: AdminRole, option: 'system' | 'security' | 'audit') => ({
    role,
    displayName: await need(option, `${ROLE_TITLES[role]}姓名：`, anything),
    login: await need(`${option}-login`, `${ROLE_TITLES[role]}账号：`, aLogin),
  });
  const administrators = [
    await person('system_admin', 'system'),
    await person('security_admin', 'security'),
    await person('audit_admin', 'audit'),
  ];
  const bureauName =
    flags.bureau?.trim() ??
    (terminal === null ? '' : await terminal.ask('司法局首个业务账号的姓名（可直接回车，以后再开通）：'));
  const bureau =
    bureauName === ''
      ? undefined
      : { displayName: bureauName, login: await need('bureau-login', '司法局账号：', aLogin) };
  return { region: { name, code, level }, administrators, bureau };
}

/** The code says the level; one that was named all the same has to agree. */
function levelFrom(named: string | undefined, code: string): Level {
  const said = LEVELS.find((known) => known === levelOfCode(code));
  const level = named === undefined ? said : LEVELS.find((known) => known === named);
  if (level === undefined)
    throw incomplete('level', { zh: `可用：${LEVELS.join('、')}`, en: `must be ${LEVELS.join(', ')}` });
  if (level === said) return level;
  throw incomplete('level', {
    zh: `与代码 ${code} 不符：xx0000 为省、xxxx00 为市、其余为县`,
    en: `does not agree with the code ${code}: xx0000 is a province, xxxx00 a city, any other a county`,
  });
}

function incomplete(option: TextOption, said: { readonly zh: string; readonly en: string }): StartProblem {
  return new StartProblem('SETUP_INCOMPLETE', {
    zh: `--${option} ${said.zh}。说明：npm run setup -- --help`,
    en: `--${option} ${said.en}. See npm run setup -- --help`,
  });
}
