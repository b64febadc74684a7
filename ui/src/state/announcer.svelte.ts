// What a screen reader hears: one polite region and one for alarms. Sentences that come within
// half a second are joined, so that an arrival and its answer are one announcement.

export const JOIN_MS = 500;

export class Announcer {
  polite = $state('');
  alarm = $state('');
  #said: string[] = [];
  #alarmed: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(sentence: string): void {
    this.#said.push(sentence);
    this.#wait();
  }

  /** Only for an urgent case and a lost sign-in. */
  warn(sentence: string): void {
    this.#alarmed.push(sentence);
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.polite = anew(this.polite, this.#said.splice(0));
      this.alarm = anew(this.alarm, this.#alarmed.splice(0));
    }, JOIN_MS);
  }
}

/** The new text; a space at the end tells it from an equal one before, which would go unheard. */
function anew(before: string, sentences: string[]): string {
  if (sentences.length === 0) return before;
  const text = sentences.join(' ');
  return text === before ? `${text}\u00a0` : text;
}
