import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { rebuildOfficerYears, checkOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
const log = createLogger({ level: 'warn' });
const { pool, db, close } = openDatabase({ url: 'postgres://zhifa_owner@127.0.0.1:5599/zhifa_perf', maxConnections: 8, log });
const { rows } = await pool.query<{ r0: string; r2: string; r14: string; u5: string }>(`select md5('r0')::uuid r0, md5('r2')::uuid r2, md5('r14')::uuid r14, md5('u5')::uuid u5`);
const ids = rows[0]!;
if (process.argv.includes('rebuild')) { let t = performance.now(); console.log(await rebuildOfficerYears(pool), 'rebuild', performance.now() - t); t = performance.now(); console.log(await checkOfficerYears(pool), performance.now() - t); await pool.query('analyze officer_year'); }
const ctx: any = { db, pool, clock: systemClock, log, secrets: createSecrets('x'.repeat(40)), requestId: 'x', actorId: ids.r0, actor: { accountId: ids.r0, login: 'x', displayName: 'x', personId: null, roles: ['justice_bureau'], grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: ids.r0, unitId: null, fieldCode: null }] } };
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams()));
for (const [name, place, day] of [['province', { ...NO_PLACE, regionId: ids.r0 }, '2026-11-22'], ['city', { ...NO_PLACE, regionId: ids.r2 }, '2026-11-22'], ['county', { ...NO_PLACE, regionId: ids.r14 }, '2026-11-22'], ['unit', { ...NO_PLACE, unitId: ids.u5 }, '2026-11-22'], ['province past', { ...NO_PLACE, regionId: ids.r0 }, '2026-06-30'], ['unit past', { ...NO_PLACE, unitId: ids.u5 }, '2026-06-30']] as const) {
  const times: number[] = []; let due = 0, met = 0;
  for (let i = 0; i < (name.includes('province past') ? 3 : 15); i++) { const t = performance.now(); const o = await unitCompletion(ctx, { place, day, persons }); times.push(performance.now() - t); if (o.ok) { due = o.value.total.due; met = o.value.total.met; } else console.log(o); }
  times.sort((a, b) => a - b);
  console.log(name, due, met, 'p50', times[times.length >> 1]!.toFixed(0), 'max', times.at(-1)!.toFixed(0));
}
await close();
