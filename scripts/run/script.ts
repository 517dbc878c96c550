import { isStartProblem, type StartLog } from '#app/platform/result/start-problem.ts';

/** Lines for the person at the keyboard; warnings stand out on the error stream. */
export const consoleLog: StartLog = {
  info: (text) => console.log(text),
  warn: (text) => console.warn(text),
};

/** Exit codes: 0 done, 1 refused or failed, 2 called wrongly. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    // What the person can put right is said plainly; anything else is a bug and shows where.
    console.error(isStartProblem(error) ? error.message : error);
    process.exitCode = 1;
  }
}
