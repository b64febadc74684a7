// How a card's snapshot reads: which words stand where. Pure, so that each state can be tested.

import type { CaseView, PopView } from '../../bindings/wire';
import { isSpoken, nameOf, nobody } from '../../shared/names';
import { isLive } from '../../shared/phases';
import { dateOf, dayToCome, DAY, length } from '../../words/format';
import { t } from '../../words';

/** Whether a number was looked up, for words that say so. */
export function isByNumber(view: PopView): boolean {
  return isSpoken(view) || view.channel === 'sms';
}

/** The headline: who it is, or how many it may be. */
export function headline(view: PopView): string {
  const { matching } = view;
  if (matching.kind === 'several') {
    const n = matching.candidates.length + matching.more;
    const shared = isByNumber(view) && !matching.conflict;
    return t(shared ? 'several.phone' : 'several.other', { n });
  }
  const unknown = matching.kind === 'none' || matching.kind === 'nothing';
  return unknown && !view.named ? nobody(view) : nameOf(view);
}

/** The identifier to copy beside the marks, if the headline does not show it. */
export function identifier(view: PopView): { label: string | null; value: string } | null {
  if (view.matching.kind === 'nothing') return null;
  if (view.customerId) return { label: t('id.label'), value: view.customerId };
  const shown = view.title === '' || headline(view) === view.title;
  return shown ? null : { label: null, value: view.title };
}

/** What stands at the end of the context line: what happened to the record. */
export function recordState(view: PopView, now: number): string {
  const { record, phase, matching, saved } = view;
  if (saved) return t('saved.copy', { when: dateOf(saved.at, now) });
  const untouched = record.kind === 'nothing' || record.kind === 'not_opened';
  if (phase === 'offered' && untouched && !view.outbound)
    return t(isSpoken(view) ? 'answer.voice' : 'answer.other');
  if (record.kind !== 'nothing') return t(`record.${record.kind}`);
  switch (matching.kind) {
    case 'several':
      return t('record.not_yet');
    case 'none':
    case 'nothing':
      return t('record.nothing');
    case 'failed':
      return t('record.not_opened');
    case 'looking':
    case 'one':
      return '';
  }
}

/** The context line: channel and where it stands, or where it comes from. */
export function context(view: PopView): string {
  const channel = t(`channel.${view.channel}`);
  if (view.phase === 'offered' && view.outbound) {
    return t(isSpoken(view) ? 'outbound.voice' : 'outbound.other');
  }
  if (view.transferredTo !== null) {
    return t('transfer.to', { channel, who: view.transferredTo });
  }
  if (view.transferredBy !== null && isLive(view.phase) && view.phase !== 'held') {
    return t('transfer.by', { channel, who: view.transferredBy });
  }
  if (view.phase === 'offered') return t(`offered.${view.channel}`);
  if (view.phase === 'missed' && view.voicemail) return t('state.voicemail', { channel });
  return `${channel} · ${t(`phase.${view.phase}`)}`;
}

/** The second context line: who else takes part, and where the same customer is live too. */
export function beside(
  { others, also }: PopView,
  positionOf: (id: number) => number,
): string | null {
  const parties = others.map(({ name, role }) =>
    name ? t(`party.${role}`, { name }) : t(`party.${role}_unnamed`),
  );
  const elsewhere = also.map(({ id, channel }) =>
    t('also.on', { channel: t(`channel.${channel}`), n: positionOf(id) }),
  );
  const all = [...parties, ...elsewhere];
  return all.length > 0 ? all.join(' · ') : null;
}

/** The advice to check who it is; nothing where the source vouches or nobody is there. */
export function advice(view: PopView): string | null {
  const live = isLive(view.phase);
  const nobodyThere = view.matching.kind === 'none' || view.matching.kind === 'nothing';
  if (!live || nobodyThere || view.identity === 'verified') return null;
  return t(isSpoken(view) ? 'advice.voice' : 'advice.other');
}

export interface DueView {
  readonly text: string;
  readonly late: boolean;
}

/** When a case is due, and whether that is a signal. */
export function due({ due: at, priority }: CaseView, now: number): DueView | null {
  if (at === null) return null;
  const left = at - now;
  if (left <= 0) return { text: t('case.overdue', { when: dayToCome(at, now) }), late: true };
  if (priority === 'urgent' || left < DAY / 4) {
    return { text: t('case.left', { time: length(left) }), late: true };
  }
  return { text: t('case.due', { when: dayToCome(at, now) }), late: left < 2 * DAY };
}

/** How old a case is. */
export function age({ created }: CaseView, now: number): string | null {
  if (created === null) return null;
  return now - created < DAY ? t('case.age_today') : length(now - created);
}
