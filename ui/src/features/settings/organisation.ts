// What is to be said of the organisation's bundle, in the order of its weight.

import type { BundleTroubleKind, BundleTroubleView, BundleView } from '../../bindings/wire';
import { t } from '../../words';
import { number } from '../../words/format';

export interface Told {
  readonly text: string;
  readonly severe: boolean;
  /** For support: the code and what the log has. */
  readonly details?: string;
}

/** What is wrong, what ends, what waits. */
export function notices({ active, waiting, trouble }: BundleView): Told[] {
  const told: Told[] = [];
  if (trouble) {
    const goesOn = active && trouble.kind !== 'damaged';
    const text = words[trouble.kind](trouble);
    told.push({
      text: goesOn ? `${text} ${t('bundle.goes_on')}` : text,
      severe: true,
      details: `${trouble.code} · ${trouble.why}`,
    });
  }
  if (active) {
    const { expiry } = active;
    if (expiry.kind === 'soon') {
      told.push({ text: t('bundle.soon', { days: expiry.days }), severe: false });
    } else if (expiry.kind === 'over') {
      told.push({ text: t('bundle.over', { days: expiry.days }), severe: true });
    } else if (expiry.kind === 'ended') {
      told.push({ text: t('bundle.ended'), severe: true });
    }
    if (active.probation !== null) told.push({ text: t('bundle.probation'), severe: false });
  }
  if (waiting) told.push({ text: t('bundle.waits', waiting), severe: false });
  return told;
}

const words: Record<BundleTroubleKind, (trouble: BundleTroubleView) => string> = {
  reach: () => t('bundle.trouble_reach'),
  signature: () => t('bundle.trouble_signature'),
  rollback: () => t('bundle.trouble_rollback'),
  time: () => t('bundle.trouble_time'),
  not_for_us: () => t('bundle.trouble_not_for_us'),
  content: () => t('bundle.trouble_content'),
  worse: () => t('bundle.trouble_worse'),
  back: ({ version }) => t('bundle.trouble_back', { version: number(version ?? 0) }),
  damaged: () => t('bundle.trouble_damaged'),
};
