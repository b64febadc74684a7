// What is typed in a form: kept by the core on every pause, so that it is there after a crash.

import type { Panel } from '../state/panel.svelte';

/** How long the agent pauses before what is typed is kept. */
const PAUSE_MS = 400;

export type Values = Readonly<Record<string, string>>;

export class Draft {
  values = $state.raw<Values>({});
  /** Whether what is typed is kept on this computer. */
  kept = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #panel: Panel;
  readonly #pop: number;
  readonly #form: string;

  constructor(panel: Panel, pop: number, form: string, values: Values) {
    this.#panel = panel;
    this.#pop = pop;
    this.#form = form;
    this.values = values;
  }

  /** What stands in the form before anything is typed. */
  begin(values: Values): void {
    this.values = { ...values, ...this.values };
  }

  set(name: string, value: string): void {
    this.values = { ...this.values, [name]: value };
    this.kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), PAUSE_MS);
  }

  /** The form goes: what was typed since the last pause is kept at once. */
  leave(): void {
    if (this.#timer !== undefined) void this.#keep();
  }

  /** What was typed is written, or not wanted. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.values = {};
    void this.#panel.ask('draft', { pop: this.#pop, form: this.#form, fields: {} });
  }

  /** It became a write, which the core keeps instead. */
  written(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const typed = this.values;
    const fields = { ...typed };
    const told = await this.#panel.ask('draft', { pop: this.#pop, form: this.#form, fields });
    // Something may have been typed meanwhile, and not every computer keeps it.
    const keeps = told !== undefined && this.#panel.app?.keeps !== false;
    this.kept = keeps && this.values === typed;
  }
}

/** What was typed in a form of a card before. */
export function draftOf(
  writing: { drafts: readonly { form: string; fields: Values }[] },
  form: string,
): Values {
  return writing.drafts.find((draft) => draft.form === form)?.fields ?? {};
}
