import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

describe('help', () => {
  it('opens with F1, says the keys and what the marks mean, and Esc leads back', async () => {
    const { user, root } = await open('single');
    await user.keyboard('{F1}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Help');
    const page = root.querySelector('[data-page=help]')?.textContent ?? '';
    expect(page).toContain('Ctrl Shift O');
    expect(page).toContain('Identity verified');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
  });

  it('lists the licences of others once they are asked for', async () => {
    const { root } = await open('help');
    const rows = () => root.querySelectorAll('details li').length;
    expect(rows()).toBe(0);
    const details = root.querySelector('details');
    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
    await vi.waitFor(() => expect(rows()).toBeGreaterThan(300), { timeout: 50_000 });
    await settle();
    expect(details?.textContent).toContain('svelte');
  });
});

describe('more actions', () => {
  it('say why this customer was found', async () => {
    const { user } = await open('single');
    await user.keyboard('{Control>}.{/Control}');
    await user.click(screen.getByRole('menuitem', { name: /Why this pop/ }));
    expect(await screen.findByText('Exactly one customer fits')).toBeTruthy();
  });

  it('open the record of the same customer in another CRM', async () => {
    const { user, host } = await open('fused');
    await user.keyboard('{Control>}.{/Control}');
    const [first] = screen.getAllByRole('menuitem', { name: /^Open.*Zendesk/ });
    if (first) await user.click(first);
    expect(host.called('open_record')).toEqual([
      { pop: { pop: 1, generation: 1 }, case: null, company: false, also_in: 'zendesk' },
    ]);
  });
});
