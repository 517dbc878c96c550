import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';

/** Columns that a text fills in a terminal: Chinese characters and their punctuation are two wide. */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[⺀-￯]/u.test(character) ? 2 : 1), 0);
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

const LABEL_WIDTH = 14;
const TITLE_WIDTH = 30;

/** What is printed once the platform serves. @param dataDir null with a database of one's own */
export function readyText(facts: {
  readonly url: string;
  readonly seconds: number;
  readonly dataDir: string | null;
  readonly isDemo: boolean;
  /** A real installation that nobody has set up */
  readonly needsSetup?: boolean | undefined;
}): string {
  const row = (label: string, value: string): string => `  ${pad(label, LABEL_WIDTH)}${value}`;
  const lines = [
    '',
    `执法学堂已启动（${facts.seconds.toFixed(1)} 秒）· ready`,
    row('打开 · open', facts.url),
    ...(facts.dataDir === null ? [] : [row('数据 · data', facts.dataDir)]),
    row('停止 · stop', 'Ctrl-C'),
  ];
  if (facts.needsSetup === true) {
    lines.push(
      '',
      '尚未初始设置，无人可以登录：请用同样的环境变量运行 npm run setup',
      'not set up yet, nobody can sign in: run npm run setup with the same variables',
    );
  }
  if (facts.isDemo) {
    lines.push('', `演示账号，密码均为 ${DEMO_PASSWORD} · demo accounts, one password for all`);
    for (const { title, logins } of DEMO_ACCOUNTS)
      lines.push(`  ${pad(title, TITLE_WIDTH)}${logins.join('  ')}`);
  }
  return [...lines, ''].join('\n');
}
