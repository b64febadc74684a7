import { describe, expect, it } from 'vitest';
import { cesar, cesarOffered } from '../../host/fake/people';
import * as pops from '../../host/fake/pops';
import { caseOf } from '../../host/fake/rows';
import { DAY, HOUR, MINUTE } from '../../words/format';
import { shortName } from '../../shared/names';
import { advice, due, headline, identifier, recordState } from './describe';
import { hold } from './held';

const now = new Date(2025, 10, 18, 10, 42).getTime();

describe('the headline', () => {
  it('is the name, the number of candidates, or nobody', () => {
    expect(headline(cesar(now))).toBe('Cesar Gonzalez');
    expect(headline(pops.several(now))).toBe('3 customers share this number');
    expect(headline(pops.none(now))).toBe('Unknown caller');
    expect(headline({ ...pops.none(now), channel: 'chat' })).toBe('Unknown customer');
    expect(headline({ ...cesarOffered(now), title: '', named: false })).toBe('Unknown customer');
  });

  it('leaves the identifier to copy where it does not say it', () => {
    expect(identifier(cesar(now))).toEqual({ label: 'ID', value: '12345' });
    expect(identifier(pops.none(now))?.value).toBe('+49 30 23125 907');
    expect(identifier(pops.withheld(now))).toBeNull();
  });
});

describe('the record', () => {
  it('is answered for in the contact tool while it is offered', () => {
    expect(recordState(cesarOffered(now), now)).toBe('Answer in your chat tool');
    const waiting = { kind: 'not_opened' as const };
    expect(recordState({ ...cesarOffered(now), record: waiting }, now)).toBe(
      'Answer in your chat tool',
    );
  });

  it('says what happened to it', () => {
    expect(recordState(cesar(now), now)).toBe('Opened in browser');
    expect(recordState(cesar(now, { record: { kind: 'shown' } }), now)).toBe('Shown in your CRM');
    expect(recordState(pops.several(now), now)).toBe('Record not opened yet');
    expect(recordState(pops.none(now), now)).toBe('Nothing opened');
    expect(recordState(pops.refused(now), now)).toBe('Record not opened');
    expect(recordState(pops.offline(now), now)).toBe('Saved copy, 08:12');
  });
});

describe('the advice', () => {
  it('is given while the source does not vouch, and only to whom it helps', () => {
    expect(advice(cesar(now))).toBeNull();
    expect(advice(cesar(now, { identity: 'claimed' }))).toMatch(/who is writing/);
    const call = cesar(now, { identity: 'caller_number', channel: 'voice' });
    expect(advice(call)).toMatch(/who is calling/);
    expect(advice({ ...call, phase: 'ended' })).toBeNull();
    expect(advice(pops.none(now))).toBeNull();
  });
});

describe('a due time', () => {
  it.each([
    ['an hour over', now - HOUR, 'overdue since today', true],
    ['38 minutes', now + 38 * MINUTE, '38 min left', true],
    ['tomorrow', now + DAY, 'due tomorrow', true],
  ])('is told for %s', (_, at, text, late) => {
    expect(due(caseOf('1', 'x', { due: at }), now)).toEqual({ text, late });
  });

  it('is a date when it is far, and no signal', () => {
    const far = due(caseOf('1', 'x', { due: now + 6 * DAY }), now);
    expect(far?.text).toMatch(/^due .*24/);
    expect(far?.late).toBe(false);
  });

  it('is not told where there is none', () => {
    expect(due(caseOf('1', 'x', {}), now)).toBeNull();
  });
});

describe('a list in hand', () => {
  const row = (id: string, text = id) => ({ id, text });
  const keyOf = ({ id }: { id: string }) => id;

  it('keeps its order, takes new data, and counts what is new', () => {
    const before = [row('a'), row('b')];
    const newest = [row('c'), row('b', 'changed'), row('a')];
    expect(hold(before, newest, true, keyOf)).toEqual({
      items: [row('a'), row('b', 'changed')],
      fresh: 1,
    });
  });

  it('takes the new order when it is let go', () => {
    const newest = [row('c'), row('a')];
    expect(hold([row('a')], newest, false, keyOf)).toEqual({ items: newest, fresh: 0 });
  });

  it('lets go of what is no more', () => {
    expect(hold([row('a'), row('b')], [row('b')], true, keyOf).items).toEqual([row('b')]);
  });
});

describe('a short name', () => {
  it.each([
    ['Cesar Gonzalez', true, 'Cesar G.'],
    ['Annelore Weissenberg-Hoffmann', true, 'Annelore W.'],
    ['刘伟', true, '刘伟'],
    ['أحمد الراشد', true, 'أحمد الراشد'],
    ['+34 600 012 345', false, '+34 600 012 345'],
  ])('of %s', (title, named, short) => {
    expect(shortName({ title, named, channel: 'chat' })).toBe(short);
  });
});
