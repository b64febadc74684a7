// Draws a card nobody sees, once the window stands: the first one costs several times as much as
// every later one, and the first customer of the day would wait for it.

import { mount, unmount } from 'svelte';
import type { Host } from '../host/host';
import Warm from './Warm.svelte';

const AFTER_MS = 200;

export function warmUp(host: Host): void {
  setTimeout(() => {
    const card = mount(Warm, { target: document.body, props: { host } });
    requestAnimationFrame(() => requestAnimationFrame(() => void unmount(card)));
  }, AFTER_MS);
}
