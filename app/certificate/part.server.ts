import type { Part, Services } from '#app/accounts/part.server.ts';
import { cardProposalConsumer } from './organisation/card-proposal-consumer.server.ts';
import { custodyConsumer } from './organisation/custody-consumer.server.ts';
import { organisationConsumer } from './organisation/organisation-consumer.server.ts';
import { settleCardTasks } from './organisation/settle-card-tasks.server.ts';
import { exemptionConsumer } from './register/exemption-consumer.server.ts';
import { qualificationConsumer } from './register/qualification-consumer.server.ts';

/** What the certificate slice adds to the running application: passes and exemptions become qualifications, leavings become tasks. */
export function certificatePart(services: Services): Part {
  const { system } = services;
  return {
    consumers: [
      qualificationConsumer(system),
      exemptionConsumer(system),
      organisationConsumer(system),
      custodyConsumer(system),
      cardProposalConsumer(system),
      settleCardTasks(system),
    ],
  };
}
