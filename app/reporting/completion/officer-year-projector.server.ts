import { z } from 'zod';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import {
  OFFICER_YEAR_CONSUMER,
  OFFICER_YEAR_TOPICS,
  recomputeOfficerYear,
} from './officer-year.store.server.ts';

const hoursRecorded = z.object({ personId: z.uuid(), year: z.int() });

/**
 * Keeps officer_year a few seconds behind the ledger. A fact only says which person and year to look at again, so
 * facts that come twice, late or out of order do no harm.
 */
export const officerYearProjector: OutboxConsumer = {
  name: OFFICER_YEAR_CONSUMER,
  topics: OFFICER_YEAR_TOPICS,
  handle: async (tx, message) => {
    const { personId, year } = hoursRecorded.parse(message.payload);
    await recomputeOfficerYear(tx, personId, year);
  },
};
