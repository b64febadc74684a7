import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { annelore, cesar, cesarOffered } from '../host/fake/people';
import * as pops from '../host/fake/pops';
import { Announcer, JOIN_MS } from './announcer.svelte';
import { sentences } from './sentences';

const now = new Date(2025, 10, 18, 10, 42).getTime();

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is said of a card', () => {
  it('is who arrives, how sure that is, and why', () => {
    expect(sentences(undefined, cesarOffered(now)).said).toEqual([
      'Chat offered. Cesar Gonzalez, identity verified.',
      'Asked about loan status.',
    ]);
  });

  it('is who it is, once that is known', () => {
    const { said } = sentences(cesarOffered(now), cesar(now));
    expect(said).toEqual(['Cesar Gonzalez, Premium.', '2 open cases.']);
  });

  it('is nothing when a snapshot changes nothing', () => {
    const { said, warned } = sentences(cesar(now), cesar(now, { seq: 2, unseen: true }));
    expect([...said, ...warned]).toEqual([]);
  });

  it('is a choice to make', () => {
    expect(sentences(cesarOffered(now), pops.several(now)).said).toEqual([
      '3 possible customers. Choose one. Cesar Gonzalez is first.',
    ]);
  });

  it('warns of an urgent case with the time that is left, once', () => {
    const urgent = annelore(now);
    const { warned } = sentences({ ...cesarOffered(now), channel: 'voice' }, urgent);
    expect(warned).toEqual([
      'Urgent case open: Card blocked abroad, payment refused, 38 min left.',
    ]);
    expect(sentences(urgent, { ...urgent, seq: 2 }).warned).toEqual([]);
  });

  it('warns of a lost sign-in, and only says other problems', () => {
    expect(sentences(cesarOffered(now), pops.expired(now)).warned).toEqual([
      'Your Salesforce sign-in has expired.',
    ]);
    const { said, warned } = sentences(cesarOffered(now), pops.limited(now));
    expect(said).toContain('Salesforce allows no more requests until 10:50.');
    expect(warned).toEqual([]);
  });

  it('says that what is shown is a copy, and interrupts nobody with it', () => {
    const copy = { ...pops.recognised(now), seq: 1 };
    const urgent = copy.cases.items.map((one) => ({ ...one, priority: 'urgent' as const }));
    const first = sentences(undefined, { ...copy, cases: { ...copy.cases, items: urgent } });
    expect(first.said.filter((one) => one.startsWith('Saved copy from'))).toHaveLength(1);
    expect(first.warned).toEqual([]);
    expect(sentences(copy, { ...copy, seq: 2 }).said).toEqual([]);
    expect(sentences(copy, cesar(now)).said).toContain('2 open cases.');
  });

  it('is how it ended', () => {
    const { said } = sentences(cesarOffered(now), { ...cesarOffered(now), phase: 'withdrawn' });
    expect(said).toEqual(['Cesar Gonzalez: withdrawn.']);
  });
});

describe('the announcer', () => {
  it('joins what comes within half a second', () => {
    const announcer = new Announcer();
    announcer.say('One.');
    vi.advanceTimersByTime(JOIN_MS - 1);
    announcer.say('Two.');
    expect(announcer.polite).toBe('');
    vi.advanceTimersByTime(1);
    expect(announcer.polite).toBe('One. Two.');
    expect(announcer.alarm).toBe('');
  });

  it('says the same thing twice so that it is heard twice', () => {
    const announcer = new Announcer();
    const heard = ['', ''].map(() => {
      announcer.say('Copied 12345.');
      vi.advanceTimersByTime(JOIN_MS);
      return announcer.polite;
    });
    expect(heard[0]).not.toBe(heard[1]);
    expect(heard.map((text) => text.trim())).toEqual(['Copied 12345.', 'Copied 12345.']);
  });

  it('keeps alarms apart', () => {
    const announcer = new Announcer();
    announcer.warn('Sign in.');
    vi.advanceTimersByTime(JOIN_MS);
    expect(announcer.alarm).toBe('Sign in.');
    expect(announcer.polite).toBe('');
  });
});
