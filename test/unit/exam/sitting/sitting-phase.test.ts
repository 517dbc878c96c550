import { describe, expect, it } from 'vitest';
import type { SittingStatus } from '#app/exam/sitting/sitting-list.ts';
import { sittingPhase } from '#app/exam/sitting/sitting-list.ts';

const at = (time: string): Date => new Date(`2026-11-24T${time}+08:00`);
const sitting = (status: SittingStatus) => ({
  status,
  opensAt: at('09:00:00.000'),
  hardEndAt: at('11:30:00.000'),
});

describe('how a sitting stands', () => {
  it.each([
    ['published', '08:59:59.999', 'ahead'],
    ['published', '09:00:00.000', 'running'],
    ['published', '11:30:00.000', 'running'],
    ['published', '11:30:00.001', 'over'],
    ['closed', '08:00:00.000', 'over'],
    ['closed', '10:00:00.000', 'over'],
    ['draft', '10:00:00.000', 'draft'],
    ['cancelled', '08:00:00.000', 'cancelled'],
    ['cancelled', '12:00:00.000', 'cancelled'],
  ] as const)('%s at %s is %s', (status, time, phase) => {
    expect(sittingPhase(sitting(status), at(time))).toBe(phase);
  });
});
