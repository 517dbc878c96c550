import { errorCode } from '#app/platform/result/error-code.ts';
import { isStartProblem, type StartLog } from '#app/platform/result/start-problem.ts';

/** Lines for the person at the keyboard; warnings stand out on the error stream. */
export const consoleLog: StartLog = {
  info: (text) => console.log(text),
  warn: (text) => console.warn(text),
};

const FAILED = 1;
const WRONG_CALL = 2;
/** Exit code of a program ended by Ctrl-C, as shells expect it. */
export const INTERRUPTED = 130;

/**
 * Says what ended a script in words for who called it: what the person can put right plainly, a wrong option with the
 * way to the help, Ctrl-C at a question in one word. Anything else is a bug and shows where.
 * @returns exit code: 1 refused or failed, 2 called wrongly, 130 ended by Ctrl-C
 */
export function explain(error: unknown): number {
  if (isStartProblem(error)) {
    console.error(error.message);
    return FAILED;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    console.error('\n已取消，未作改动 · cancelled, nothing was changed');
    return INTERRUPTED;
  }
  if (error instanceof Error && errorCode(error).startsWith('ERR_PARSE_ARGS')) {
    console.error(`参数有误，用法见 --help · wrong option, see --help: ${error.message}`);
    return WRONG_CALL;
  }
  console.error(error);
  return FAILED;
}

/** Exit codes: 0 done, 1 refused or failed, 2 called wrongly, 130 ended by Ctrl-C. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = explain(error);
  }
}
