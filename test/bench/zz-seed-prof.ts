import path from 'node:path';
import pg from 'pg';
import { cardHolders } from '#app/certificate/register/card-holders.server.ts';
import { seedDemoCity } from '#app/demo/seed-demo.server.ts';
import { prepareExam } from '#test/support/exam.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { loadCourses } from '#app/training/course/load-courses.server.ts';
import { provideTrainingPorts } from '#app/training/ports.server.ts';
import { withSystem, seedProvince } from './reports/province.ts';

const [base = '', name = '', officers = ''] = process.argv.slice(2);
const admin = new pg.Client({ connectionString: `${base}/postgres` });
await admin.connect();
await admin.query(`drop database if exists ${name} with (force)`);
await admin.query(`create database ${name}`);
const url = `${base}/${name}`;
await migrateDatabase({ ownerUrl: url, servingUrl: url, migrationsDir: 'prisma/migrations', log: { info: () => undefined, warn: console.error } });
if (officers !== '') await seedProvince(url, Number(officers));
else {
  provideTrainingPorts({ cards: cardHolders });
  await withSystem(url, async (system) => {
    let t = performance.now();
    let c = process.cpuUsage();
    const progress = (text: string): void => {
      const now = performance.now();
      const d = process.cpuUsage(c);
      console.error(`${((now - t) / 1000).toFixed(2)} s, cpu ${((d.user + d.system) / 1e6).toFixed(2)} · ${text}`);
      t = now;
      c = process.cpuUsage();
    };
    const services = { system, rootDir: path.resolve('.'), progress };
    await loadCourses(services);
    await prepareExam(system, new Set());
    const began = performance.now();
    await seedDemoCity(services, { ownerUrl: url, seedDay: dayOf(system.clock.now()) });
    console.error(`whole seed ${((performance.now() - began) / 1000).toFixed(1)} s`);
  });
}
await admin.end();
