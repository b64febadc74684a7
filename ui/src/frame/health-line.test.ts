import { describe, expect, it } from 'vitest';
import { app, withoutRoute, withSalesforce } from '../host/fake/apps';
import { cesar, cesarOffered } from '../host/fake/people';
import * as pops from '../host/fake/pops';
import { statusLine } from './health-line';

const now = Date.now();
const read = (parts: ReturnType<typeof statusLine>) =>
  parts.map(({ mark, text, detail }) => [mark, text, detail].filter(Boolean).join(' '));

describe('the status line', () => {
  it('names every connection while all is well', () => {
    expect(read(statusLine(app(now), cesar(now), now))).toEqual([
      'ok Salesforce 142 ms',
      'ok Zendesk 96 ms',
      'ok Live',
    ]);
  });

  it('counts the seconds of a lookup from the first one on', () => {
    const card = cesarOffered(now);
    expect(read(statusLine(app(now), card, now))[0]).toBe('busy Salesforce');
    expect(read(statusLine(app(now), card, now + 2_000))[0]).toBe('busy Salesforce 2 s');
  });

  it('puts trouble first and counts what works', () => {
    expect(read(statusLine(withSalesforce(now, 'sign_in'), null, now))).toEqual([
      'bad Salesforce: sign in again',
      'ok 2 connected',
    ]);
    expect(read(statusLine(app(now), pops.slow(now), now))[0]).toBe('warn Salesforce slow 4 s');
  });

  it('says once that no CRM is reached, and since when', () => {
    const at = new Date(now).setHours(10, 39, 0, 0);
    const [problem] = pops.offline(now).problems;
    const problems = problem ? [{ ...problem, at }] : [];
    const card = { ...pops.offline(now), problems };
    expect(read(statusLine(withoutRoute(now), card, now))).toEqual([
      'bad CRMs unreachable since 10:39',
    ]);
    expect(read(statusLine(withoutRoute(now), null, now)), 'without a card, each').toHaveLength(3);
  });

  it('says when events are not heard', () => {
    const listener = { ...app(now).listener, state: 'failed' as const };
    expect(read(statusLine(app(now, { listener }), null, now))).toEqual([
      'bad Events are not heard',
      'ok 2 connected',
    ]);
  });
});
