import { statfs } from 'node:fs/promises';
import os from 'node:os';
import { isSetUp } from '#app/platform/db/installation.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import type { Finding } from './findings.ts';
import { findingsOf } from './findings.ts';
import type { ConsumerStanding, QueueStanding } from './health.store.server.ts';
import {
  listConsumers,
  listQueues,
  listWaitingFacts,
  readDatabase,
  readLastSeal,
  readSchemaVersion,
} from './health.store.server.ts';

/** What the composition root knows of this process. */
export interface Operation {
  readonly consumers: readonly Pick<OutboxConsumer, 'name' | 'topics'>[];
  /** Folder of the embedded database, or of the program where the database is elsewhere. */
  readonly dataDir: string;
  readonly isEmbedded: boolean;
  readonly startedAt: Date;
  /** What the parts themselves have found. */
  findings(): Promise<readonly Finding[]>;
}

const operations = new WeakMap<Pool, Operation>();

/** Called once by the composition root. */
export function provideOperation(pool: Pool, operation: Operation): void {
  operations.set(pool, operation);
}

export interface Disk {
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface ConsumerLine extends ConsumerStanding {
  readonly waiting: number;
  readonly oldestAt: Date | null;
}

export interface HealthPage {
  readonly now: Date;
  readonly findings: readonly Finding[];
  readonly process: {
    readonly startedAt: Date;
    readonly node: string;
    readonly system: string;
    readonly memoryBytes: number;
    readonly freeMemoryBytes: number;
  };
  readonly database: Awaited<ReturnType<typeof readDatabase>> & { readonly isEmbedded: boolean };
  readonly schema: Awaited<ReturnType<typeof readSchemaVersion>>;
  readonly disk: Disk;
  readonly seal: Awaited<ReturnType<typeof readLastSeal>>;
  readonly consumers: readonly ConsumerLine[];
  readonly queues: readonly QueueStanding[];
}

async function diskOf(path: string): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { path, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function consumersOf(pool: Pool, operation: Operation): Promise<ConsumerLine[]> {
  const [standing, waiting] = await Promise.all([
    listConsumers(pool),
    listWaitingFacts(pool, operation.consumers),
  ]);
  const byName = new Map(waiting.map((one) => [one.consumer, one]));
  // A cursor whose consumer this program no longer has waits for nothing.
  return standing.flatMap((one) => {
    const facts = byName.get(one.consumer);
    return facts === undefined ? [] : [{ ...one, waiting: facts.waiting, oldestAt: facts.oldestAt }];
  });
}

/** Plain facts about this installation as it runs now; no business data. Refusal: FORBIDDEN. */
export async function viewHealth(ctx: ActorCtx): Promise<Outcome<HealthPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'platform.operate')) return refused('FORBIDDEN');
  const operation = operations.get(ctx.pool);
  invariant(operation, 'the platform was composed before it is used');
  const { pool } = ctx;
  const [database, schema, seal, queues, consumers, disk, ofParts] = await Promise.all([
    readDatabase(pool),
    readSchemaVersion(pool),
    readLastSeal(pool),
    listQueues(pool),
    consumersOf(pool, operation),
    diskOf(operation.dataDir),
    operation.findings(),
  ]);
  const now = ctx.clock.now();
  const isReady = await isSetUp(ctx);
  return done({
    now,
    findings: [...findingsOf({ now, isSetUp: isReady, database, disk, seal, consumers, queues }), ...ofParts],
    process: {
      startedAt: operation.startedAt,
      node: process.version,
      system: `${os.type()} ${os.release()}`,
      memoryBytes: process.memoryUsage.rss(),
      freeMemoryBytes: os.freemem(),
    },
    database: { ...database, isEmbedded: operation.isEmbedded },
    schema,
    disk,
    seal,
    consumers,
    queues,
  });
}
