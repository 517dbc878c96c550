import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { errorCode } from '#app/platform/result/error-code.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';

/** Next ports that are looked at for a suggestion. */
const SUGGESTIONS = 20;

/** How one sets a variable for one start in the shell people have here. */
export function withVariable(name: string, value: string | number, platform = process.platform): string {
  return platform === 'win32' ? `$env:${name}="${value}"; npm start` : `${name}=${value} npm start`;
}

function tryListen(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(errorCode(error)));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve('')));
  });
}

async function suggestPort(host: string, taken: number): Promise<number> {
  for (let port = taken + 1; port <= taken + SUGGESTIONS; port += 1) {
    if ((await tryListen(host, port)) === '') return port;
  }
  return taken + 1;
}

/** What to tell a person when the address cannot be listened on; null for other errors. */
export async function listenProblem(code: string, host: string, port: number): Promise<StartProblem | null> {
  switch (code) {
    case 'EADDRINUSE': {
      const command = withVariable('PORT', await suggestPort(host, port));
      return new StartProblem('PORT_TAKEN', {
        zh: `端口 ${port} 已被其他程序占用。换一个端口启动：${command}`,
        en: `Port ${port} is taken by another program. Choose another one: ${command}`,
      });
    }
    case 'EACCES':
      return new StartProblem('PORT_FORBIDDEN', {
        zh: `当前用户不能使用端口 ${port}（1024 以下通常需要管理员权限）。换一个端口启动：${withVariable('PORT', 3000)}`,
        en: `This user may not use port ${port} (those below 1024 usually need an administrator). Choose another one: ${withVariable('PORT', 3000)}`,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartProblem('HOST_NOT_HERE', {
        zh: `HOST=${host} 不是本机的地址。可用：127.0.0.1、0.0.0.0 或本机网卡的地址。`,
        en: `HOST=${host} is not an address of this machine. Allowed: 127.0.0.1, 0.0.0.0 or an address of its network cards.`,
      });
    default:
      return null;
  }
}

async function checkFile(name: string, file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    throw new StartProblem(
      'FILE_UNREADABLE',
      {
        zh: `${name} 指定的文件不能读取：${file}（${errorCode(error)}）`,
        en: `The file named in ${name} cannot be read: ${file} (${errorCode(error)})`,
      },
      { cause: error },
    );
  }
}

/**
 * Finds out in the first second what would otherwise end the start after the build and the database: a port that is
 * taken, a certificate that cannot be read. Throws StartProblem.
 */
export async function checkListen(env: Env): Promise<void> {
  if (env.tls !== null) {
    await checkFile('TLS_CERT_FILE', env.tls.certFile);
    await checkFile('TLS_KEY_FILE', env.tls.keyFile);
  }
  const code = await tryListen(env.host, env.port);
  if (code === '') return;
  throw (
    (await listenProblem(code, env.host, env.port)) ??
    new Error(`cannot listen on ${env.host}:${env.port}: ${code}`)
  );
}
