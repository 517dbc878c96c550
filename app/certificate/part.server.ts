import type { Part, Services } from '#app/accounts/part.server.ts';
import { qualificationConsumer } from './register/qualification-consumer.server.ts';

/** What the certificate slice adds to the running application: passes become qualifications. */
export function certificatePart(services: Services): Part {
  return { consumers: [qualificationConsumer(services.system)] };
}
