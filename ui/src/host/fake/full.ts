// The fullest card there is, and how long the page takes from its view to the paint. Only the bench
// asks for it; the true window is measured from the event on.

import type { PopView } from '../../bindings/wire';
import { DAY } from '../../words/format';
import type { FakeHost } from './fake';
import { card, cesar, cesarOffered, SALESFORCE, ZENDESK } from './people';
import { activity, caseOf, from } from './rows';

const CASES = 50;
const ACTIVITIES = 200;

/** What the page took, each in milliseconds from the view to the second frame after it. */
export interface Paints {
  /** A card with 50 cases and 200 activities, in the place of an offered one. */
  readonly full: readonly number[];
  /** One word on it changes: the frames themselves. */
  readonly floor: readonly number[];
}

function full(now: number, id: number): PopView {
  const cases = Array.from({ length: CASES }, (_, index) =>
    caseOf(String(20_000 + index), `Statement ${index}: proof of income missing`, {
      status: 'Pending',
      priority: 'normal',
      created: now - index * DAY,
      due: now + index * DAY,
    }),
  );
  const activities = Array.from({ length: ACTIVITIES }, (_, index) =>
    activity(now, index, 'chat', index, `Talk ${index} about a loan`, 'Resolved · agent07'),
  );
  return {
    ...cesar(now),
    id,
    cases: {
      state: 'ready',
      items: cases,
      total: CASES,
      asOf: null,
      sources: from(ZENDESK, 'ready'),
    },
    activities: {
      state: 'ready',
      items: activities,
      total: ACTIVITIES,
      asOf: null,
      sources: from(SALESFORCE, 'ready'),
    },
  };
}

/** Lets so many cards come, fill and go. */
export async function paints(host: FakeHost, count: number): Promise<Paints> {
  const found = { full: [] as number[], floor: [] as number[] };
  // The page listens once it stands.
  await frame();
  for (let id = 100; id < 100 + count; id += 1) {
    const now = Date.now();
    const view = full(now, id);
    await painted(host, { ...cesarOffered(now, id), seq: 1 });
    found.full.push(await painted(host, { ...view, seq: 2 }));
    found.floor.push(await painted(host, { ...view, seq: 3, title: card(now, { id }).title }));
    host.send({ kind: 'gone', pop: id });
  }
  return found;
}

async function painted(host: FakeHost, view: PopView): Promise<number> {
  const begun = performance.timeOrigin + performance.now();
  host.send({ kind: 'pop', view });
  for (;;) {
    await frame();
    const calls = host.calls.splice(0);
    const told = calls
      .filter(({ name }) => name === 'painted')
      .map(({ request }) => request as { pop: number; seq: number; at_us: number })
      .find(({ pop, seq }) => pop === view.id && seq === view.seq);
    if (told) return told.at_us / 1000 - begun;
  }
}

async function frame(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(drawn));
}
