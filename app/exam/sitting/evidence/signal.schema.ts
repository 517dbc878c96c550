import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { MAX_FLAGS } from '../flags.ts';
import { MAX_SIGNALS_OF_REQUEST, SIGNAL_KINDS } from './signal.ts';

/** A day: longer than any attempt, short enough to show a device's nonsense as what it is. */
const MAX_LASTED_MS = 24 * 3_600_000;
const MAX_CHARACTERS = 1_000_000;
/** Last millisecond a JavaScript date can hold. */
const MAX_INSTANT_MS = 8_640_000_000_000_000;

/** Largest body of a request with signals. */
export const MAX_SIGNAL_BYTES = 16 * 1024;

/** Body of POST /attempts/:attempt/signals. */
export const signalBody = z.object({
  signals: z
    .array(
      z.object({
        id: z.string().refine(isId),
        kind: z.enum(SIGNAL_KINDS),
        atMs: z.int().min(0).max(MAX_INSTANT_MS),
        lastedMs: z.int().min(0).max(MAX_LASTED_MS).nullable(),
        characters: z.int().min(0).max(MAX_CHARACTERS).nullable(),
      }),
    )
    .min(1)
    .max(MAX_SIGNALS_OF_REQUEST),
});

/** Body of POST /attempts/:attempt/flags: notes of the candidate, no evidence. */
export const flagsBody = z.object({ positions: z.array(z.int().min(1).max(MAX_FLAGS)).max(MAX_FLAGS) });
