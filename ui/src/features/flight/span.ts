// Short spans of time as the recorder tells them.

import { inMillis, inSeconds } from '../../words/format';
import { t } from '../../words';

/** A span in microseconds: `0.41 ms`, `178 ms`, `2.3 s`. */
export function span(us: number): string {
  return us < 1_000_000
    ? t('flight.ms', { n: inMillis(us) })
    : t('flight.s', { n: inSeconds(us / 1000) });
}
