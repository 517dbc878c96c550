import { startPlatform } from '#scripts/run/start-platform.ts';

/** `npm start` for a checkout given as the first argument, so that tests can start one of their own. */
await startPlatform(process.argv[2] ?? '');
