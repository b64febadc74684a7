// Every message from the window to the core passes here, in a frame of its own. Only what the
// window needs goes on: own commands with plain names, and the channel's own fetch.
'use strict';
window.__TAURI_ISOLATION_HOOK__ = (payload) => {
  const name = payload && payload.cmd;
  const own = typeof name === 'string' && /^[a-z][a-z_]{1,40}$/.test(name);
  const channel = name === 'plugin:__TAURI_CHANNEL__|fetch';
  if (!own && !channel) throw new Error('not a command of this window');
  return payload;
};
