import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/**
 * `index.html` is the window of the app, `notice.html` that of its notices. `fake.html` is the same
 * window on invented data; it is served by `npm run dev` and built only with `--mode fake`, so it
 * never reaches the product.
 */
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte(), svelteTesting()],
  build: {
    target: ['safari16.4', 'chrome120'],
    outDir: mode === 'fake' ? 'dist-fake' : 'dist',
    rolldownOptions: { input: mode === 'fake' ? 'fake.html' : ['index.html', 'notice.html'] },
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { port: 1420, strictPort: true, host: '127.0.0.1' },
  clearScreen: false,
  test: {
    // The gallery is drawn by a browser, from what `--mode fake` built; the rest needs none.
    environment: 'happy-dom',
    include: mode === 'fake' ? ['gallery/*.test.ts'] : ['src/**/*.test.ts'],
    restoreMocks: true,
    // Nothing here waits for time to pass; a busy machine may still need a while.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
