// The organisation's own words: which message each name of the settings file stands for. The list is
// the core's; a test looks that every name is here.

import type { PlainKey } from '.';
import { replace } from './language.svelte';

export const worded: Readonly<Record<string, PlainKey>> = {
  advice_voice: 'advice.voice',
  advice_other: 'advice.other',
  answer_voice: 'answer.voice',
  answer_other: 'answer.other',
  open_record: 'action.open',
  new_case: 'action.new_case',
  new_customer: 'action.new_customer',
  note: 'action.note',
  wrap_up: 'action.wrap_up',
  cases: 'cases.title',
  no_cases: 'cases.none',
  activities: 'activities.title',
  no_activities: 'activities.none',
  company: 'fact.company',
  owner: 'fact.owner',
  tier: 'fact.tier',
  priority: 'hint.priority',
  queue: 'hint.queue',
  region: 'hint.region',
  unknown_caller: 'none.title_voice',
  unknown_customer: 'none.title_other',
  several_ask: 'several.ask',
};

/** From now on these words stand in the place of ours. */
export function word(words: Readonly<Partial<Record<string, string>>>): void {
  const own = new Map<string, string>();
  for (const [name, text] of Object.entries(words)) {
    const key = worded[name];
    if (key && text !== undefined) own.set(key.replace('.', '-'), text);
  }
  replace(own);
}
