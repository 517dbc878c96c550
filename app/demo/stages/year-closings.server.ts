import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { SigningKey } from '#app/platform/secret/signing-key.server.ts';
import { currentSigningKey } from '#app/platform/secret/signing-key.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import { closingDueDay } from '#app/training/year/closing.ts';
import { CLOSING_KEY, snapshotOf } from '#app/training/year/freeze-closing.server.ts';
import { readYearLists } from '#app/training/year/read-year-list.server.ts';
import { sealNumber } from '#app/training/year/seal-number.ts';
import { snapshotText } from '#app/training/year/snapshot.ts';
import type { SealableRow } from '#app/training/year/year-list.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { ClosingOffice, PlannedClosing } from '../plan/closings.ts';
import { planClosings, planOffices } from '../plan/closings.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { accountId, unitId, withOwner } from '../seed-run.server.ts';

const DUE_DAYS = 31;
const GRANTED_SINCE: Day = '2020-01-01';
/** Ten in the morning, Shanghai. */
const AT_WORK_MS = 10 * 3_600_000;
const atWork = (day: Day): Date => new Date(startOfDay(day).getTime() + AT_WORK_MS);

const closingId = ({ unit, year, openedDay }: PlannedClosing): string =>
  demoId(`year_closing:${year}:${unit.key}`, openedDay);

/** Who keeps and who confirms the lists: accounts that wait to be activated, each with its one grant. */
async function seedOffices(run: SeedRun, ids: PersonIds, offices: readonly ClosingOffice[]): Promise<void> {
  const accounts = offices.flatMap(({ unit, liaison, leader }) => [
    { ...liaison, unit, role: 'unit_liaison' },
    { ...leader, unit, role: 'unit_leader' },
  ]);
  const made = accounts.filter(({ login }) => /\d{4}$/.test(login));
  const outcome = await inTransaction(run.ctx, 'demo-closing-offices', async (tx) => {
    await tx.account.createMany({
      data: made.map(({ login, person, unit }) => ({
        id: accountId(login),
        login,
        displayName: person?.name ?? `${unit.name}经办人`,
        personId: person === null ? null : ids(person),
        passwordHash: null,
        passwordChangedAt: null,
      })),
      skipDuplicates: true,
    });
    await tx.roleGrant.createMany({
      data: made.map(({ login, unit, role }) => ({
        id: demoId(`grant:${login}:${role}`),
        accountId: accountId(login),
        role,
        scopeKind: 'unit',
        unitId: unitId(unit.key),
        regionId: null,
        fieldCode: null,
        validFrom: dayToDb(GRANTED_SINCE),
        recordedAt: run.ctx.clock.now(),
      })),
      skipDuplicates: true,
    });
  });
  invariant(outcome.ok, 'accounts are refused by no rule');
}

/** A planned closing with its list; sealed ones with their running number. */
interface Listed {
  readonly id: string;
  readonly planned: PlannedClosing;
  readonly office: ClosingOffice;
  readonly rows: readonly SealableRow[];
  readonly serial: number | null;
}

async function listYear(
  run: SeedRun,
  year: number,
  closings: readonly PlannedClosing[],
  offices: ReadonlyMap<string, ClosingOffice>,
): Promise<Listed[]> {
  const own = closings.filter((closing) => closing.year === year);
  const lists = await readYearLists(
    run.ctx,
    own.map(({ unit }) => unitId(unit.key)),
    year,
  );
  let sealed = 0;
  return own.flatMap((planned) => {
    const rows = lists.get(unitId(planned.unit.key));
    const office = offices.get(planned.unit.key);
    if (rows === undefined || office === undefined) return [];
    const serial = planned.standing === 'frozen' ? (sealed += 1) : null;
    return [{ id: closingId(planned), planned, office, rows, serial }];
  });
}

const CLOSING_COLUMNS = [
  ...['id', 'unit_id', 'year', 'state', 'due_day', 'round', 'way', 'published_day', 'objections_until_day'],
  ...['opened_by', 'opened_at', 'confirmed_by', 'confirmed_at', 'frozen_by', 'frozen_at', 'version'],
];

function closingRow({ id, planned, office }: Listed): CopyValue[] {
  const { unit, year, standing, publishedDay, untilDay } = planned;
  const isFrozen = standing === 'frozen';
  return [
    ...[id, unitId(unit.key), year, standing, closingDueDay(year, DUE_DAYS)],
    ...[1, 'notice', publishedDay, untilDay, accountId('bureau'), atWork(planned.openedDay)],
    isFrozen ? accountId(office.leader.login) : null,
    isFrozen ? atWork(planned.confirmedDay) : null,
    isFrozen ? accountId('bureau') : null,
    isFrozen ? atWork(planned.frozenDay) : null,
    isFrozen ? 4 : 2,
  ];
}

const EVENT_COLUMNS = ['id', 'closing_id', 'seq', 'kind', 'note', 'actor_id', 'occurred_at'];

function* eventRows({ id, planned, office, rows, serial }: Listed): Generator<CopyValue[]> {
  const { unit, year } = planned;
  const steps: readonly (readonly [string, string | null, string, Day])[] = [
    ['opened', null, 'bureau', planned.openedDay],
    ['published', `${rows.length} 人，公示 5 个工作日`, office.liaison.login, planned.publishedDay],
    ...(serial === null
      ? []
      : ([
          ['confirmed', null, office.leader.login, planned.confirmedDay],
          ['frozen', `封账编号 ${sealNumber(year, unit.code, serial)}`, 'bureau', planned.frozenDay],
        ] as const)),
  ];
  for (const [index, [kind, note, login, day]] of steps.entries())
    yield [demoId(`${id}:${kind}`, day), id, index + 1, kind, note, accountId(login), atWork(day)];
}

const PUBLICATION_COLUMNS = [
  ...['id', 'closing_id', 'round', 'way', 'published_day', 'until_day', 'rows', 'actor_id', 'occurred_at'],
];

function publicationRow({ id, planned, office, rows }: Listed): CopyValue[] {
  const { publishedDay, untilDay } = planned;
  const shown = rows.map(({ entryIds: _, ...row }) => row);
  return [
    ...[demoId(`${id}:publication`, publishedDay), id, 1, 'notice', publishedDay, untilDay],
    ...[JSON.stringify(shown), accountId(office.liaison.login), atWork(publishedDay)],
  ];
}

const SNAPSHOT_COLUMNS = [
  ...['id', 'closing_id', 'seal_no', 'unit_id', 'year', 'closed_day', 'content', 'content_hash'],
  ...['key_id', 'protected_header', 'signature', 'confirmed_by', 'frozen_by', 'occurred_at'],
];

/** The signed text, made as `freezeClosing` makes it. */
async function snapshotRow(key: SigningKey, listed: Listed, serial: number): Promise<CopyValue[]> {
  const { id, planned, office, rows } = listed;
  const { unit, year, publishedDay, untilDay, frozenDay } = planned;
  const [confirmedBy, frozenBy] = [accountId(office.leader.login), accountId('bureau')];
  const sealNo = sealNumber(year, unit.code, serial);
  const closing = {
    ...{ id, year, way: 'notice' as const, publishedDay, objectionsUntilDay: untilDay, confirmedBy },
  };
  const named = { id: unitId(unit.key), code: unit.code, name: unit.name };
  const at = atWork(frozenDay);
  const text = snapshotText(snapshotOf(closing, { unit: named, sealNo, frozenBy, at, rows }));
  const { keyId, protectedHeader, signature } = await key.sign(text);
  return [
    ...[demoId(`${id}:snapshot`, frozenDay), id, sealNo, unitId(unit.key), year, frozenDay, text],
    ...[new Uint8Array(sha256(text)), keyId, protectedHeader, signature, confirmedBy, frozenBy, at],
  ];
}

const SEALED_COLUMNS = [
  ...['id', 'closing_id', 'person_id', 'year', 'public_law_seconds', 'specialised_law_seconds'],
  ...['business_seconds', 'skill_seconds', 'total_seconds', 'conclusion', 'entry_ids'],
];

function* sealedRows({ id, planned, rows }: Listed): Generator<CopyValue[]> {
  for (const { personId, seconds, totalSeconds, conclusion, entryIds } of rows)
    yield [
      ...[demoId(`${id}:${personId}`, planned.frozenDay), id, personId, planned.year],
      ...[seconds.public_law, seconds.specialised_law, seconds.business, seconds.skill],
      ...[totalSeconds, conclusion, entryIds],
    ];
}

/**
 * Closed years with their seals (domain.md §4.2 case 14) by COPY: lists, figures, texts and signatures are made by the
 * room's own functions, so that every seal can be checked. After everything that enters the ledger, but for what is to
 * stand beside the seals.
 */
export async function seedYearClosings(run: SeedRun, ids: PersonIds): Promise<void> {
  const closings = planClosings(run.plan);
  const [first] = closings;
  if (first === undefined) return;
  const offices = planOffices(run.plan, closings);
  await seedOffices(run, ids, offices);
  const officeOf = new Map(offices.map((office) => [office.unit.key, office]));
  const key = await currentSigningKey(run.ctx, CLOSING_KEY);
  const isNew = await withOwner(run, (client) =>
    once(client, { table: 'year_closing', id: closingId(first) }, async () => {
      for (const year of new Set(closings.map((closing) => closing.year))) {
        const listed = await listYear(run, year, closings, officeOf);
        const sealed = listed.filter((one) => one.serial !== null);
        const snapshots = await Promise.all(sealed.map((one) => snapshotRow(key, one, one.serial ?? 0)));
        await copyRows(client, 'year_closing', CLOSING_COLUMNS, listed.map(closingRow));
        await copyRows(
          client,
          'year_closing_event',
          EVENT_COLUMNS,
          listed.flatMap((one) => [...eventRows(one)]),
        );
        await copyRows(client, 'year_publication', PUBLICATION_COLUMNS, listed.map(publicationRow));
        await copyRows(client, 'year_snapshot', SNAPSHOT_COLUMNS, snapshots);
        await copyRows(
          client,
          'year_snapshot_row',
          SEALED_COLUMNS,
          sealed.flatMap((one) => [...sealedRows(one)]),
        );
        await client.query(`insert into number_counter (series, next) values ($1, $2)`, [
          `year_seal:${year}`,
          sealed.length + 1,
        ]);
      }
    }),
  );
  run.progress(isNew ? `学时封账：${closings.length} 个单位年度` : '学时封账：已在库中');
}
