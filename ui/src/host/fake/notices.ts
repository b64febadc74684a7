// The window of a notice on invented data.

import type { Commands, NoticeUpdate, NoticeView } from '../../bindings/wire';
import { SECOND } from '../../words/format';
import type { CommandName, NoticeHost } from '../host';
import type { Call } from './fake';

/** A chat of a customer who is known, as the design shows it. */
export function notice(now: number, given: Partial<NoticeView> = {}): NoticeView {
  return {
    pop: 1,
    generation: 1,
    channel: 'chat',
    phase: 'offered',
    since: now - 4 * SECOND,
    queue: 'Loans',
    who: {
      title: 'Cesar Gonzalez',
      identity: 'verified',
      vip: false,
      tier: 'Premium',
      openCases: 2,
      reason: 'Asked about loan status',
    },
    canOpen: true,
    more: 1,
    language: 'en',
    theme: 'light',
    density: 'comfortable',
    ...given,
  };
}

/** A host that shows one notice, and remembers what was asked of it. */
export class FakeNoticeHost implements NoticeHost {
  readonly calls: Call[] = [];
  readonly #view: NoticeView;

  constructor(view: NoticeView) {
    this.#view = view;
  }

  subscribe(heard: (update: NoticeUpdate) => void): () => void {
    heard({ view: this.#view });
    return () => undefined;
  }

  call<N extends Extract<CommandName, `notice_${string}`>>(
    name: N,
    request?: unknown,
  ): Promise<Commands[N]['answer']> {
    this.calls.push({ name, request });
    return Promise.resolve(null);
  }
}
