// A form for a record that is made or changed in a CRM: the definition's fields, what is typed, and
// what the core says about it. Where the form stands is its component's part.

import type { FieldFaultView, FormView, PopView, WriteKind } from '../bindings/wire';
import { Draft, draftOf } from '../shared/drafts.svelte';
import { requestOf, type Panel } from './panel.svelte';

export type RecordKind = Extract<WriteKind, 'create_case' | 'create_customer' | 'update_customer'>;

export class RecordForm {
  form = $state.raw<FormView | null>(null);
  reading = $state(true);
  busy = $state(false);
  faults = $state.raw<readonly FieldFaultView[]>([]);
  readonly draft: Draft;
  readonly #panel: Panel;
  readonly #view: () => PopView;
  readonly #kind: RecordKind;

  constructor(panel: Panel, view: () => PopView, kind: RecordKind) {
    this.#panel = panel;
    this.#view = view;
    this.#kind = kind;
    const { id, writing } = view();
    this.draft = new Draft(panel, id, kind, draftOf(writing, kind));
  }

  get action() {
    return this.#view().writing.actions.find((each) => each.kind === this.#kind);
  }

  /** What is wrong, by field. */
  get shown(): ReadonlyMap<string, string> {
    return new Map(this.faults.map(({ field, text }) => [field, text]));
  }

  /** What is wrong with fields that the form does not have. */
  get stray(): readonly FieldFaultView[] {
    return this.faults.filter(({ field }) => !this.form?.fields.some(({ name }) => name === field));
  }

  async read(): Promise<void> {
    const { action } = this;
    if (!action) return;
    this.reading = true;
    const { connection } = action;
    const pop = requestOf(this.#view());
    const request = { pop, connection, action: this.#kind, case: null };
    const answer = await this.#panel.ask('form', request);
    this.reading = false;
    if (!answer) return;
    const defaults = answer.fields.flatMap(({ name, default: first }) =>
      first === null ? [] : [[name, first] as const],
    );
    this.draft.begin(Object.fromEntries(defaults));
    this.form = answer;
  }

  /** Writes it, and has what is made opened as soon as the CRM has it; whether it was taken. */
  async submit(opens = false): Promise<boolean> {
    const { action } = this;
    if (!action || !this.form) return false;
    this.busy = true;
    const input = Object.fromEntries(
      Object.entries(this.draft.values).filter(([, text]) => text !== ''),
    );
    const { connection } = action;
    const pop = requestOf(this.#view());
    const request = { pop, connection, action: this.#kind, case: null, input, shown: null, opens };
    const answer = await this.#panel.ask('write', request);
    this.busy = false;
    if (!answer) return false;
    this.faults = answer.kind === 'wrong' ? answer.faults : [];
    if (answer.kind === 'wrong') return false;
    this.draft.written();
    return true;
  }
}
