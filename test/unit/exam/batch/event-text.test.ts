import { describe, expect, it } from 'vitest';
import { registrationEventText } from '#app/exam/batch/registration/event-text.ts';

describe('办理记录 of a registration', () => {
  const ticket = { void: '20261111110100001', ticketNo: '20261111110100009' };
  it.each([
    [
      { kind: 'ticket_replaced', note: '停电', detail: ticket },
      '准考证号 20261111110100001 → 20261111110100009。停电',
    ],
    [
      { kind: 'sitting_changed', note: '因公出差', detail: { from: 'a', to: 'b', ...ticket, void: null } },
      '准考证号 20261111110100009。因公出差',
    ],
    [
      {
        ...({ kind: 'seat_moved', note: '机器故障' } as const),
        detail: { from: { roomNo: 1, seatNo: 12 }, to: { roomNo: 2, seatNo: 3 } },
      },
      '第1考场 12 号座位 → 第2考场 3 号座位。机器故障',
    ],
    [
      { kind: 'seated', note: null, detail: { roomNo: 1, seatNo: 12, ticketNo: ticket.ticketNo } },
      '第1考场 12 号座位，准考证号 20261111110100009',
    ],
    // A remote sitting has no seats: title and ticket stand in the note.
    [
      { kind: 'seated', note: '远程场，准考证号 1', detail: { sittingId: 'a', ticketNo: '1' } },
      '远程场，准考证号 1',
    ],
    [{ kind: 'returned', note: '材料不全', detail: {} }, '材料不全'],
    [{ kind: 'approved', note: null, detail: null }, null],
  ] as const)('tells of %j: %s', (event, text) => {
    expect(registrationEventText(event)).toBe(text);
  });
});
