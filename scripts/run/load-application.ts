import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import type { Application, ApplicationOptions } from '#app/main.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import { errorCode } from '#app/platform/result/error-code.ts';
import { serverBuildFile } from './build-site.ts';
import { listenProblem } from './check-listen.ts';

/** Where the database is and what opens it: found out once per start, by the process that owns the rest. */
export interface StartDatabase {
  readonly ownerUrl: string | null;
  readonly servingUrl: string;
  readonly secret: string;
  /** null with a database of one's own */
  readonly dataDir: string | null;
}

type StartApplication = (options: ApplicationOptions) => Promise<Application>;

/** The built server is a bundle of its own: what starts it is taken from there, so that nothing exists twice. */
async function loadBuild(
  rootDir: string,
): Promise<{ build: ServerBuild; startApplication: StartApplication }> {
  const url = pathToFileURL(serverBuildFile(rootDir)).href;
  const build = (await import(url)) as ServerBuild;
  const entry = build.entry.module as ServerBuild['entry']['module'] & {
    startApplication?: StartApplication;
  };
  if (typeof entry.startApplication !== 'function') {
    throw new Error(`${url}: entry.server.tsx does not export startApplication`);
  }
  return { build, startApplication: entry.startApplication };
}

/** Starts the built application in this process. Throws a StartProblem when the address cannot be listened on. */
export async function loadApplication(options: {
  readonly rootDir: string;
  readonly env: Env;
  readonly database: StartDatabase;
  readonly log: Logger;
  progress(text: string): void;
}): Promise<Application> {
  const { rootDir, env, database, log, progress } = options;
  const { build, startApplication } = await loadBuild(rootDir);
  try {
    return await startApplication({
      env,
      rootDir,
      dataDir: database.dataDir,
      build,
      servingUrl: database.servingUrl,
      ownerUrl: database.ownerUrl ?? database.servingUrl,
      secret: database.secret,
      log,
      progress,
    });
  } catch (error) {
    throw (await listenProblem(errorCode(error), env.host, env.port)) ?? error;
  }
}
