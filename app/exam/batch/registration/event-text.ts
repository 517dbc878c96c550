import { z } from 'zod';
import type { RegistrationEventKind } from '../../sitting/registration-events.ts';

const seat = z.object({ roomNo: z.number(), seatNo: z.number() });
const ticketChange = z.object({ void: z.string().nullable(), ticketNo: z.string() });
const seatChange = z.object({ from: seat, to: seat });
const seatGiven = seat.extend({ ticketNo: z.string() });

const seatText = ({ roomNo, seatNo }: z.infer<typeof seat>): string => `第${roomNo}考场 ${seatNo} 号座位`;

/** What a ticket, a sitting or a seat was before and is now; null where the event says nothing of them. */
function changeText(kind: RegistrationEventKind, detail: unknown): string | null {
  if (kind === 'ticket_replaced' || kind === 'sitting_changed') {
    const change = ticketChange.safeParse(detail).data;
    if (change === undefined) return null;
    const { void: old, ticketNo } = change;
    return old === null ? `准考证号 ${ticketNo}` : `准考证号 ${old} → ${ticketNo}`;
  }
  if (kind === 'seat_moved') {
    const change = seatChange.safeParse(detail).data;
    return change === undefined ? null : `${seatText(change.from)} → ${seatText(change.to)}`;
  }
  if (kind === 'seated') {
    const given = seatGiven.safeParse(detail).data;
    return given === undefined ? null : `${seatText(given)}，准考证号 ${given.ticketNo}`;
  }
  return null;
}

/** One line under an event of a registration: what changed from what into what, and why; null when there is neither. */
export function registrationEventText(event: {
  readonly kind: RegistrationEventKind;
  readonly note: string | null;
  readonly detail: unknown;
}): string | null {
  const parts = [changeText(event.kind, event.detail), event.note].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('。');
}
