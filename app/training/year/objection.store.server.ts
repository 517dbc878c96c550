import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { ObjectionOutcome } from './objection.ts';
import { OBJECTION_OUTCOMES } from './objection.ts';

const objectionRow = z.object({
  id: z.string(),
  closingId: z.string(),
  personId: z.string(),
  personName: z.string(),
  reason: z.string(),
  filedBy: z.string(),
  filedAt: z.date(),
  outcome: z.enum(OBJECTION_OUTCOMES).nullable(),
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: z.date().nullable(),
});
export type Objection = z.infer<typeof objectionRow>;

const SELECT = `select o.id::text, o.closing_id::text as "closingId", o.person_id::text as "personId",
    p.name as "personName", o.reason, o.filed_by::text as "filedBy", o.occurred_at as "filedAt", a.outcome, a.answer,
    b.display_name as "answeredByName", a.occurred_at as "answeredAt"
  from year_objection o join person p on p.id = o.person_id
  left join year_objection_answer a on a.objection_id = o.id
  left join account b on b.id = a.answered_by`;

/** Objections of a closing, oldest first. */
export async function listObjections(reader: Reader, closingId: string): Promise<Objection[]> {
  const rows = await readRows(
    reader,
    `${SELECT} where o.closing_id = $1::uuid order by o.occurred_at, o.id`,
    [closingId],
  );
  return z.array(objectionRow).parse(rows);
}

export async function findObjection(reader: Reader, objectionId: string): Promise<Objection | null> {
  const rows = await readRows(reader, `${SELECT} where o.id = $1::uuid`, [objectionId]);
  return z.array(objectionRow).parse(rows)[0] ?? null;
}

/** @returns id of the objection */
export async function insertObjection(
  tx: Tx,
  objection: {
    readonly closingId: string;
    readonly round: number;
    readonly personId: string;
    readonly reason: string;
    readonly filedBy: string;
    readonly at: Date;
  },
): Promise<string> {
  const { at, ...row } = objection;
  const id = newId<'YearObjection'>();
  await tx.yearObjection.create({ data: { ...row, id, occurredAt: at } });
  return id;
}

/** @returns false when somebody else has answered meanwhile */
export async function insertAnswer(
  tx: Tx,
  answer: {
    readonly objectionId: string;
    readonly outcome: ObjectionOutcome;
    readonly answer: string;
    readonly filedBy: string;
    readonly answeredBy: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const { at, ...row } = answer;
  const { count } = await tx.yearObjectionAnswer.createMany({
    data: [{ id: newId<'YearObjectionAnswer'>(), ...row, occurredAt: at }],
    skipDuplicates: true,
  });
  return count === 1;
}
