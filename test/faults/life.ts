import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { WaitingClient } from '#app/exam/ahead/client/waiting-client.ts';
import type { DrawRandom } from '#app/exam/paper/draw-random.ts';
import type { RoomView, WaitingView } from '#app/exam/sitting/attempt-view.server.ts';
import type { AttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import type { DeviceClock, Tabs, Transport } from '#app/exam/sitting/client/ports.ts';
import type { VirtualDevice } from '#test/support/virtual-client.ts';
import type { PageStore, Record } from './record.ts';
import type { RoughWire, WeatherCounts } from './weather.ts';

/** How often each thing happened to a candidate; printed at the end. */
export interface LifeCounts extends WeatherCounts {
  answers: number;
  tabKills: number;
  offlineReloads: number;
  secondTabs: number;
  fullStores: number;
  /** Answers that only a killed page's memory held; the page had said so. */
  lostWithMemory: number;
  clockJumps: number;
  takeovers: number;
  handIns: number;
  /** Outages of the plan's whole length that a candidate sat through. */
  longOutages: number;
}

export const noCounts = (): LifeCounts => ({
  ...{ requests: 0, lostRequests: 0, lostAnswers: 0, delayed: 0, doubled: 0 },
  ...{ answers: 0, tabKills: 0, offlineReloads: 0, secondTabs: 0, fullStores: 0, lostWithMemory: 0 },
  ...{ clockJumps: 0, takeovers: 0, handIns: 0, longOutages: 0 },
});

export interface Page {
  readonly client: AttemptClient;
  readonly store: PageStore;
  readonly room: RoomView;
}

/** One browser: its store and clock outlive its pages. */
export interface Machine {
  readonly device: VirtualDevice;
  readonly tab: () => Tabs;
  readonly wire: RoughWire;
  readonly transport: Transport;
  readonly clock: DeviceClock & { jump(ms: number): void };
  cookie: string;
  deviceKey: string;
  /** The page's copy: what the service worker would show without a network. */
  copy: RoomView | WaitingView | null;
  pages: Page[];
  /** 候考: the page that waits for the bell; null when there is none, or none any more. */
  waiting: WaitingClient | null;
  /** What the device notes beside the answers: key of an opened envelope, why the page was last fetched anew. */
  readonly notes: { key: string | null; reload: string | null };
}

export interface Seat {
  readonly ctx: ActorCtx;
  readonly attemptId: string;
  readonly deviceKey: string;
  readonly session: string;
}

export interface Life {
  readonly seat: Seat;
  readonly urls: readonly string[];
  readonly random: DrawRandom;
  readonly counts: LifeCounts;
  readonly record: Record;
  /** Running clock at which answering ends. */
  readonly endsAtMs: number;
  /** Loads the attempt's page on a machine. */
  readonly open: (machine: Machine) => Promise<void>;
}
