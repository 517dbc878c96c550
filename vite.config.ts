import path from 'node:path';
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import options from './remix.config.js';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

/** The Remix plugin breaks DOM tests (it waits for a preamble), so it stays out under vitest. */
export default defineConfig({
  plugins: [process.env.VITEST ? null : remix({ ...options })],
  build: { target: 'chrome92', cssTarget: 'chrome92', sourcemap: false, assetsInlineLimit: 0 },
  // Every notice once, not once for each of its package's modules: they are part of what an exam page loads.
  esbuild: { legalComments: 'eof' },
  server: { watch: { ignored: ['data', '.cache', 'test'].map((folder) => path.resolve(folder, '**')) } },
  // The browser build of argon2 names a package that is not installed; no page uses it, but the scan below meets it.
  optimizeDeps: {
    exclude: ['@node-rs/argon2'],
    entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/**/routes/**/*.tsx'],
  },
});
