// Hints of the keys on each control, while Ctrl is held alone for a moment.

const HELD_MS = 400;
const HOLD = ['Control', 'Meta'];

class Tips {
  shown = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Ctrl alone begins the wait; any other key means a shortcut, and ends it. */
  keydown(event: KeyboardEvent): void {
    if (HOLD.includes(event.key) && event.repeat) return;
    this.release();
    if (!HOLD.includes(event.key)) return;
    this.#timer = setTimeout(() => (this.shown = true), HELD_MS);
  }

  release(): void {
    clearTimeout(this.#timer);
    this.shown = false;
  }
}

export const tips = new Tips();
