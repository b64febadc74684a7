// The names of the icons, and which one stands for what.

import type { ChannelView, PriorityView } from '../bindings/wire';

export type IconName =
  | 'chat'
  | 'phone'
  | 'msg'
  | 'mail'
  | 'search'
  | 'history'
  | 'sliders'
  | 'pulse'
  | 'shield'
  | 'shieldq'
  | 'ext'
  | 'copy'
  | 'check'
  | 'x'
  | 'tri'
  | 'oct'
  | 'lock'
  | 'down'
  | 'right'
  | 'back'
  | 'dots'
  | 'user'
  | 'refresh'
  | 'clock'
  | 'key'
  | 'link'
  | 'flask'
  | 'play'
  | 'offline'
  | 'file'
  | 'globe'
  | 'browser'
  | 'video'
  | 'plug'
  | 'plus'
  | 'note'
  | 'done'
  | 'pin'
  | 'shrink'
  | 'wait';

/** Marks differ in shape, not only in hue. */
export type MarkName = 'ok' | 'warn' | 'bad' | 'off' | 'vip' | 'sev';

export const channelIcon: Readonly<Record<ChannelView, IconName>> = {
  voice: 'phone',
  video: 'video',
  chat: 'chat',
  messaging: 'msg',
  sms: 'msg',
  email: 'mail',
  social: 'globe',
  callback: 'phone',
  cobrowse: 'browser',
  other: 'user',
};

export const priorityGlyph: Readonly<Record<PriorityView, 'urgent' | 'p3' | 'p2' | 'p1'>> = {
  urgent: 'urgent',
  high: 'p3',
  normal: 'p2',
  low: 'p1',
};
