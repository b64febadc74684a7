// The host of the desktop app: Tauri commands, and one channel for everything that changes.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Commands, Update } from '../bindings/wire';
import { faultOf, type CommandArgs, type CommandName, type Host } from './host';

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
