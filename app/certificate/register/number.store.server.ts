import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { NumberPlace } from './certificate-number.ts';
import { certificateNumber, certificateSeries } from './certificate-number.ts';

const serialRow = z.array(z.object({ serial: z.number() }));

/** Numbers that an imported register may have taken in a row before one is free. */
const MAX_TAKEN = 1000;

/** The next serial. The counter row stays locked until the transaction ends: a roll-back gives the serial back. */
async function takeSerial(tx: Tx, series: string): Promise<number> {
  const rows = await tx.$queryRaw`
    insert into number_counter as c (series, next) values (${series}, 2)
    on conflict (series) do update set next = c.next + 1 returning (next - 1)::int as serial`;
  const [row] = serialRow.parse(rows);
  invariant(row, 'a counter gives a serial');
  return row.serial;
}

/**
 * Gives the next free number of the place's series. One at a time per series (row lock), so parallel issues get
 * consecutive numbers; a number that an imported card already carries is passed over.
 */
export async function allocateCertificateNumber(
  tx: Tx,
  pattern: string,
  place: NumberPlace,
): Promise<string> {
  const series = certificateSeries(pattern, place);
  for (let taken = 0; taken <= MAX_TAKEN; taken += 1) {
    const number = certificateNumber(pattern, place, await takeSerial(tx, series));
    const known = await tx.certificate.findFirst({ where: { certificateNo: number }, select: { id: true } });
    if (!known) return number;
  }
  throw new Error(`no free number within ${MAX_TAKEN} in series ${series}`);
}

/** The number that would be given next, as a foresight for the preview; somebody else may be faster. */
export async function peekCertificateNumber(
  db: Pick<Tx, 'numberCounter'>,
  pattern: string,
  place: NumberPlace,
): Promise<string> {
  const counter = await db.numberCounter.findUnique({ where: { series: certificateSeries(pattern, place) } });
  return certificateNumber(pattern, place, counter?.next ?? 1);
}
