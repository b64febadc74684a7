// The host of the desktop app: Tauri commands, and one channel for everything that changes.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Commands, NoticeUpdate, Update } from '../bindings/wire';
import { faultOf, type CommandArgs, type CommandName, type Host, type NoticeHost } from './host';

export function tauriHost(): Host {
  return {
    call<N extends CommandName>(name: N, ...[request]: CommandArgs<N>) {
      return invoke<Commands[N]['answer']>(name, request === undefined ? {} : { request });
    },
    subscribe(heard, failed) {
      let wanted = true;
      const updates = new Channel<Update>((update) => {
        if (wanted) heard(update);
      });
      invoke('subscribe', { updates }).catch((reason: unknown) => {
        if (wanted) failed(faultOf(reason));
      });
      return () => {
        wanted = false;
      };
    },
  };
}

/** The host of the notice's own window. */
export function tauriNoticeHost(): NoticeHost {
  return {
    call(name, ...[request]) {
      return invoke(name, { request });
    },
    subscribe(heard) {
      let wanted = true;
      const updates = new Channel<NoticeUpdate>((update) => {
        if (wanted) heard(update);
      });
      invoke('notice_subscribe', { updates }).catch(() => undefined);
      return () => {
        wanted = false;
      };
    },
  };
}
