// Whether the agent holds the key that shows what is masked: Alt, and nothing else with it.

class Reveal {
  held = $state(false);

  keydown(event: KeyboardEvent): void {
    this.held = event.key === 'Alt' && !event.ctrlKey && !event.metaKey;
  }

  release(): void {
    this.held = false;
  }
}

export const reveal = new Reveal();
