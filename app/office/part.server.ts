import type { Part, Services } from '#app/accounts/part.server.ts';
import { noticeConsumer } from './notice/send-notice.server.ts';
import { taskConsumer } from './task/ask-task.server.ts';

/** What the office adds to the running application. */
export function officePart({ system }: Services): Part {
  return { consumers: [taskConsumer, noticeConsumer(system)] };
}
