// The forms that can stand in the place of a card.

import type { CaseView, WriteKind } from '../bindings/wire';

export type CardForm = Extract<
  WriteKind,
  'create_case' | 'add_note' | 'log_interaction' | 'create_customer' | 'update_customer'
>;

/** A form in the place of a card. */
export interface OpenForm {
  readonly form: CardForm;
  /** Whether the agent opened it; else the interaction's end did. */
  readonly asked: boolean;
  /** What a note says that is added to a case instead of making one. */
  readonly instead?: Instead;
}

/** A note in place of a new case. */
export interface Instead {
  readonly case: Pick<CaseView, 'connection' | 'id'>;
  readonly text: string;
}
