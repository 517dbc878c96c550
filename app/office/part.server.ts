import type { Part } from '#app/accounts/part.server.ts';
import { taskConsumer } from './task/ask-task.server.ts';

/** What the office adds to the running application. */
export function officePart(): Part {
  return { consumers: [taskConsumer] };
}
