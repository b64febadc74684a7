// What the agent is told of writes: one short word when something was saved, done or refused out
// of sight. Pure, from two snapshots of a card.

import type { PopView, WriteView } from '../bindings/wire';
import { t } from '../words';

export interface Told {
  readonly text: string;
  readonly fault: boolean;
  readonly does: 'undo' | 'open' | 'look' | null;
  readonly write: WriteView;
}

/** What is new among the writes of a card; `keeps`: whether this computer keeps them. */
export function told(before: PopView | undefined, after: PopView, keeps: boolean): Told[] {
  if (!before) return [];
  return after.writing.writes.flatMap((write) => {
    const known = before.writing.writes.find(({ id }) => id === write.id);
    return known?.state === write.state ? [] : words(write, keeps);
  });
}

function words(write: WriteView, keeps: boolean): Told[] {
  const what = t(`kind.${write.kind}`);
  const say = (text: string, does: Told['does'], fault = false) => [{ text, does, fault, write }];
  switch (write.state) {
    case 'held':
      return say(keeps ? t('wrote.held', { what }) : t('wrote.not_kept', { what }), 'undo');
    case 'done':
      if (write.kind !== 'create_case') return [];
      return say(
        write.number === null ? t('wrote.case_plain') : t('wrote.case', { number: write.number }),
        write.made === null ? null : 'open',
      );
    case 'parked':
      return say(write.problem?.title ?? t('write.parked'), 'look', true);
    case 'not_saved':
      return say(write.problem?.title ?? t('write.not_saved'), null, true);
    case 'saving':
    case 'waiting':
    case 'sending':
    case 'discarded':
      return [];
  }
}
