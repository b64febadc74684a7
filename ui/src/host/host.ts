// The one door between the window and the rest of the app. Everything but `src/host` takes this
// interface, so that a page can run on the desktop, in a browser and in a test alike.

import type { CommandFault, Commands, NoticeUpdate, Update } from '../bindings/wire';

export type CommandName = keyof Commands;

/** What a command takes: nothing, or its request. */
export type CommandArgs<N extends CommandName> = Commands[N]['request'] extends null
  ? []
  : [request: Commands[N]['request']];

export interface Host {
  /** Asks the core for something; rejects with a `CommandFault`. */
  call<N extends CommandName>(name: N, ...args: CommandArgs<N>): Promise<Commands[N]['answer']>;
  /**
   * Hears of every change, beginning with the whole state. Returns how to stop, which may be
   * called before anything was heard.
   */
  subscribe(heard: (update: Update) => void, failed: (fault: CommandFault) => void): () => void;
}

/** What the notice's own window may ask and hear. */
export interface NoticeHost {
  call<N extends Extract<CommandName, `notice_${string}`>>(
    name: N,
    ...args: CommandArgs<N>
  ): Promise<Commands[N]['answer']>;
  subscribe(heard: (update: NoticeUpdate) => void): () => void;
}

export function isFault(reason: unknown): reason is CommandFault {
  return typeof reason === 'object' && reason !== null && 'code' in reason && 'text' in reason;
}

/** Whatever a command was rejected with, as a fault for people. */
export function faultOf(reason: unknown): CommandFault {
  if (isFault(reason)) return reason;
  return { code: 'E_WINDOW', text: reason instanceof Error ? reason.message : String(reason) };
}
