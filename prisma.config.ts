import { defineConfig } from 'prisma/config';

// `prisma generate` insists on a schema engine it never uses; any existing executable satisfies it,
// so that an installation needs nothing but the package registry.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL ?? '' },
});
