// Characters that change how text reads without being seen: controls, bidi marks, zero widths.
// They are shown as marks, so that a name cannot pretend to be another one. Line breaks and tabs
// stay what they are: white space.

const HIDDEN = new RegExp(
  // eslint-disable-next-line no-misleading-character-class -- combining fillers are looked for
  `[${[
    '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f', // controls
    '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f', // soft hyphen, fillers
    '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f', // zero widths, separators, bidi
    '\\u3164\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff0-\\ufffb', // fillers, variations, byte order
    '\\u{e0000}-\\u{e0fff}', // tags
  ].join('')}]`,
  'gu',
);

export interface Piece {
  readonly text: string;
  /** The code of the hidden character, such as `U+202E`; absent for text. */
  readonly code?: string;
}

/** Whether a text can be shown as it is. */
export function isPlain(text: string): boolean {
  return text.search(HIDDEN) < 0;
}

/** Text cut into what can be read and what would be hidden. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: match[0], code: codeOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length || from === 0) found.push({ text: text.slice(from) });
  return found;
}

export interface Marked extends Piece {
  /** Whether it is what was searched for. */
  readonly found: boolean;
}

/** The pieces of a text, cut once more where the words of a search occur. */
export function marked(text: string, search: string): Marked[] {
  const words = search.trim().split(/\s+/).filter(Boolean).map(escaped);
  const plain = (piece: Piece): Marked => ({ ...piece, found: false });
  if (words.length === 0) return pieces(text).map(plain);
  const pattern = new RegExp(`(${words.join('|')})`, 'giu');
  return pieces(text).flatMap((piece) => {
    if (piece.code) return [plain(piece)];
    const parts = piece.text.split(pattern);
    return parts.map((part, at) => ({ text: part, found: at % 2 === 1 }));
  });
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The same for places that hold only plain text, such as titles and announcements. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `[${codeOf(character)}]`);
}

const FIRST_STRONG = '\u2068';
const END = '\u2069';

/** A text whose direction is its own. */
export function isolate(text: string): string {
  return `${FIRST_STRONG}${text}${END}`;
}

/** Whether all that is hidden in a text are isolates as `isolate` sets them, each with its end. */
export function areIsolated(text: string): boolean {
  let open = 0;
  for (const [character] of text.matchAll(HIDDEN)) {
    if (character === FIRST_STRONG) open += 1;
    else if (character !== END || open === 0) return false;
    else open -= 1;
  }
  return open === 0;
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
