import { setTimeout as sleep } from 'node:timers/promises';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import type { BellLife } from './bell-page.ts';
import { openBellPage, typeCode } from './bell-page.ts';
import type { Seat } from './life.ts';
import { leaveMachine, makeMachine, postHandIn } from './machine.ts';
import type { Record } from './record.ts';

const POLL_MS = 100;

/**
 * Somebody who does not wait, long before the bell: sends an answer, hands in, and types the right code into a page that
 * the server answers. Nothing of it may be taken; what was is in the record.
 */
export async function tryEarly(
  from: Pick<BellLife, 'urls' | 'counts' | 'bellAtMs'>,
  seat: Seat,
  record: Record,
  code: string,
): Promise<void> {
  const life: BellLife = {
    ...{ ...from, seat, record, random: drawRandom(`early-${seat.attemptId}`) },
    ...{ bellMs: Infinity, endsAtMs: Infinity },
    open: (machine) => openBellPage(life, machine),
  };
  const machine = makeMachine(life, seat.deviceKey);
  const answer = { epoch: 1, seq: 1, position: 1, choice: 'A', clientTime: null };
  const sent = await machine.transport.send([answer]);
  const isTaken = (await postHandIn(life, machine)) || sent.kind === 'ack';
  if (isTaken)
    record.wrongs.push(`attempt ${seat.attemptId}: an answer or a hand-in was taken before the bell`);
  life.counts.earlyKnocks += 1;
  while (machine.waiting?.snapshot().isTimeSure !== true) {
    if (machine.waiting === null) await life.open(machine);
    await sleep(POLL_MS);
  }
  await typeCode(life, machine, code, ['too_early']);
  await leaveMachine(machine);
}
