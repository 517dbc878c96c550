import type { StartDatabase } from './load-application.ts';

/** What the first process tells a serving one. Secrets go this way and not through the environment, which others read. */
export type ToWorker =
  | { readonly kind: 'serve'; readonly rootDir: string; readonly database: StartDatabase }
  | { readonly kind: 'stop' };

/** What a serving process tells the first one. */
export type FromWorker =
  /** It listens now; what was said before is lost. */
  | { readonly kind: 'listening' }
  | { readonly kind: 'progress'; readonly text: string }
  | {
      readonly kind: 'serving';
      readonly url: string;
      readonly installation: string;
      readonly isSetUp: boolean;
    }
  | { readonly kind: 'failed'; readonly text: string };
