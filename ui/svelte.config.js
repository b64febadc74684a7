import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess({ script: false, style: false }),
  compilerOptions: {
    runes: true,
    // Elements are created one by one: no markup is ever parsed from a string, so the content
    // security policy can demand trusted types without naming a policy.
    fragments: 'tree',
  },
};
