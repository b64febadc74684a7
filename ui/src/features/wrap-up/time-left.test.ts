import { cleanup, render } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../host/fake/fake';
import { states } from '../../host/fake/states';
import App from '../../frame/App.svelte';
import { settle } from '../../host/fake/render';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

it('is said aloud once, in the last half minute', async () => {
  vi.useFakeTimers();
  const state = states['wrap-up'](Date.now());
  const { container } = render(App, { host: new FakeHost(state), form: state.form ?? null });
  await settle();
  const heard = () => container.querySelector('[aria-live=polite]')?.textContent ?? '';
  await vi.advanceTimersByTimeAsync(40_000);
  expect(heard()).not.toContain('left for the wrap-up');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard()).toContain('30 seconds left for the wrap-up.');
  const before = heard();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard()).toBe(before);
});
