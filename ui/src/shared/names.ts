// What a card is called, where there is a name and where there is none.

import type { CandidateView, ChannelView, MatchReasonView, PopView } from '../bindings/wire';
import { t } from '../words';

const spoken: readonly ChannelView[] = ['voice', 'video', 'callback'];

/** Whether the customer is heard rather than read. */
export function isSpoken({ channel }: Pick<PopView, 'channel'>): boolean {
  return spoken.includes(channel);
}

/** What to call a customer of whom nothing is known. */
export function nobody(view: Pick<PopView, 'channel'>): string {
  return t(isSpoken(view) ? 'none.title_voice' : 'none.title_other');
}

/** Tells customers of several connections apart. */
export function customerKey({ connection, id }: Pick<CandidateView, 'connection' | 'id'>): string {
  return `${connection} ${id}`;
}

/** The name, or the best identifier, or words for nobody. */
export function nameOf(view: Pick<PopView, 'title' | 'channel'>): string {
  return view.title === '' ? nobody(view) : view.title;
}

/** `Cesar G.` for Cesar Gonzalez; whatever is not a Latin name of two words stays whole. */
export function shortName(view: Pick<PopView, 'title' | 'named' | 'channel'>): string {
  const name = nameOf(view);
  const words = name.trim().split(/\s+/);
  const last = words.at(-1);
  const latin = /^[\p{Script=Latin}\p{P}]+$/u.test(words.join(''));
  if (!view.named || words.length < 2 || !last || !latin) return name;
  return `${words[0] ?? ''} ${last.charAt(0)}.`;
}

/** Why a customer was found, or what speaks against it. */
export function reasonOf({ what, fits }: MatchReasonView): string {
  const reason = t(`reason.${what}`);
  return fits ? reason : t('reason.against', { reason });
}
