import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

describe('a diagnosis', () => {
  it('leads to what the organisation says about the finding', async () => {
    const { host, user } = await open('doctor');
    await settle();
    const first = screen.getAllByRole('button', { name: 'Read more' })[0];
    if (first) await user.click(first);
    expect(host.called('open_help')).toEqual([{ code: 'field_missing' }]);
  });

  it('leads nowhere where nothing is wrong', async () => {
    await open('doctor-well');
    await settle();
    expect(screen.queryByRole('button', { name: 'Read more' })).toBeNull();
  });
});
