import { describe, expect, it } from 'vitest';
import { t } from '.';
import * as format from './format';
import { marked, pieces, visible } from './hidden';

const now = new Date(2025, 10, 18, 10, 42, 7).getTime();

describe('words', () => {
  it('take the form of their number', () => {
    expect(t('candidate.cases', { n: 1 })).toBe('1 open case');
    expect(t('candidate.cases', { n: 2 })).toBe('2 open cases');
    expect(t('candidate.cases', { n: 1200 })).toBe('1,200 open cases');
  });

  it('hold values as they are, marks instead of what would hide', () => {
    expect(t('several.use', { name: 'a\u202eb' })).toBe('Use a[U+202E]b');
    expect(t('several.use', { name: '{name}' })).toBe('Use {name}');
  });
});

describe('hidden characters', () => {
  it.each([
    ['right-to-left override', '\u202e', 'U+202E'],
    ['zero width space', '\u200b', 'U+200B'],
    ['byte order mark', '\ufeff', 'U+FEFF'],
    ['isolate', '\u2066', 'U+2066'],
    ['null', '\u0000', 'U+0000'],
    ['escape', '\u001b', 'U+001B'],
    ['soft hyphen', '\u00ad', 'U+00AD'],
    ['Hangul filler', '\u3164', 'U+3164'],
    ['tag', '\u{e0041}', 'U+E0041'],
  ])('are found: %s', (_, character, code) => {
    expect(pieces(`a${character}b`)).toEqual([
      { text: 'a' },
      { text: character, code },
      { text: 'b' },
    ]);
    expect(visible(character)).toBe(`[${code}]`);
  });

  it.each(['Cesar González', 'أحمد الراشد', '刘伟', '👍🏽 ok', 'two\nlines\tof text', ''])(
    'are not seen in “%s”',
    (text) => expect(pieces(text)).toEqual([{ text }]),
  );
});

describe('a search', () => {
  const found = (text: string, words: string) =>
    marked(text, words).flatMap((piece) => (piece.found ? [piece.text] : []));

  it('is found in any case, by each of its words, and as it was typed', () => {
    expect(found('Cesar Gonzalez', 'gonz ces')).toEqual(['Ces', 'Gonz']);
    expect(found('a+b (c) 50%', '+b (c)')).toEqual(['+b', '(c)']);
    expect(found('a-b/c', '-b/')).toEqual(['-b/']);
    expect(found('Cesar', ' ')).toEqual([]);
  });

  it('leaves the text whole', () => {
    const text = 'Cesar\u202eGonzalez';
    expect(
      marked(text, 'e')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('times', () => {
  it('run as minutes and seconds, and as hours when there are any', () => {
    expect(format.timer(4_900)).toBe('0:04');
    expect(format.timer(707_000)).toBe('11:47');
    expect(format.timer(3_729_000)).toBe('1:02:09');
    expect(format.timer(-5_000)).toBe('0:00');
  });

  it('are relative for an hour, and a time or a date after that', () => {
    expect(format.ago(now - 4_000, now)).toBe('4 seconds ago');
    expect(format.ago(now - 12 * format.MINUTE, now)).toBe('12 minutes ago');
    expect(format.ago(now - 2 * format.HOUR, now)).toBe('08:42');
    expect(format.dateOf(now - 3 * format.DAY, now)).toMatch(/15/);
    expect(format.dateOf(now - 400 * format.DAY, now)).toMatch(/2024/);
  });

  it('count days by the calendar and not by hours', () => {
    const late = new Date(2025, 10, 18, 23, 50).getTime();
    const nextMorning = new Date(2025, 10, 19, 0, 10).getTime();
    expect(format.dayToCome(nextMorning, late)).toBe('tomorrow');
    expect(format.dayToCome(now, now)).toBe('today');
  });

  it('last in their largest unit', () => {
    expect(format.length(38 * format.MINUTE)).toBe('38 min');
    expect(format.length(3 * format.DAY + format.HOUR)).toBe('3 days');
    expect(format.length(10)).toBe('1 min');
  });
});
