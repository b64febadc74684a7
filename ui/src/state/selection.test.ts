import { describe, expect, it } from 'vitest';
import { cesar } from '../host/fake/people';
import * as choice from './selection';
import type { Selection } from './selection';

const calm = { busy: false, own: false };

function arrivals(...pops: number[]): Selection {
  return pops.reduce<Selection>(
    (selection, pop, place) => choice.arrived(selection, { pop, ...calm, othersLive: place > 0 }),
    choice.nothing,
  );
}

describe('an arrival', () => {
  it('comes to the front when nobody else is live', () => {
    expect(arrivals(7).selected).toBe(7);
  });

  it('leaves the selection alone when somebody is live', () => {
    const after = arrivals(7, 8);
    expect(after.selected).toBe(7);
    expect(after.order).toEqual([7, 8]);
    expect(after.waiting).toEqual([]);
  });

  it('comes to the front when all others only wait for their wrap-up', () => {
    const after = choice.arrived(arrivals(7, 8), { pop: 9, ...calm, othersLive: false });
    expect(after.selected).toBe(9);
    expect(after.order).toEqual([7, 8, 9]);
  });

  it('waits as a notice while the agent is busy, even when nobody is live', () => {
    const searching = choice.opened(choice.nothing, 'search');
    const after = choice.arrived(searching, { pop: 7, busy: true, own: false, othersLive: false });
    expect(after.selected).toBeNull();
    expect(after.page).toBe('search');
    expect(after.waiting).toEqual([7]);
  });

  it('takes a page that is not in use to the card', () => {
    const reading = choice.opened(choice.nothing, 'health');
    const after = choice.arrived(reading, { pop: 7, ...calm, othersLive: false });
    expect(after.page).toBe('cards');
    expect(after.selected).toBe(7);
  });

  it('comes to the front when the agent asked for it, whatever else is live', () => {
    const after = choice.arrived(arrivals(7, 8), {
      pop: 9,
      busy: true,
      own: true,
      othersLive: true,
    });
    expect(after.selected).toBe(9);
    expect(after.waiting).toEqual([]);
  });

  it('changes nothing when it is known already', () => {
    const before = arrivals(7, 8);
    expect(choice.arrived(before, { pop: 8, ...calm, othersLive: true })).toBe(before);
  });
});

describe('an end', () => {
  it('moves the selection to the neighbour on the left', () => {
    const selected = choice.chosen(arrivals(1, 2, 3), 3);
    expect(choice.gone(selected, 3).selected).toBe(2);
  });

  it('moves the selection to the right where there is no left', () => {
    expect(choice.gone(arrivals(1, 2, 3), 1).selected).toBe(2);
  });

  it('of another tab leaves the selection alone', () => {
    const selected = choice.chosen(arrivals(1, 2, 3), 2);
    expect(choice.gone(selected, 1).selected).toBe(2);
    expect(choice.gone(selected, 3).selected).toBe(2);
  });

  it('of the last one leaves nobody, and the page as it was', () => {
    const after = choice.gone(choice.opened(arrivals(1), 'today'), 1);
    expect(after.selected).toBeNull();
    expect(after.page).toBe('today');
  });

  it('takes its notice along', () => {
    const waiting = choice.arrived(arrivals(1), {
      pop: 2,
      busy: true,
      own: false,
      othersLive: false,
    });
    expect(waiting.waiting).toEqual([2]);
    expect(choice.gone(waiting, 2).waiting).toEqual([]);
  });
});

describe('the agent', () => {
  it('chooses by the position of arrival, which closing others does not shuffle', () => {
    const left = choice.gone(arrivals(10, 20, 30, 40), 20);
    expect(choice.chosenAt(left, 2).selected).toBe(30);
    expect(choice.chosenAt(left, 4)).toBe(left);
  });

  it('goes round with next and back', () => {
    const last = choice.chosen(arrivals(1, 2, 3), 3);
    expect(choice.chosenNext(last, 1).selected).toBe(1);
    expect(choice.chosenNext(choice.chosen(last, 1), -1).selected).toBe(3);
  });

  it('goes back from a page to the customer that was in front', () => {
    const reading = choice.opened(choice.chosen(arrivals(1, 2), 2), 'settings');
    const back = choice.opened(reading, 'cards');
    expect(back.selected).toBe(2);
  });

  it('finds somebody who arrived meanwhile when going back from a page', () => {
    const searching = choice.opened(choice.nothing, 'search');
    const arrived = choice.arrived(searching, {
      pop: 7,
      busy: true,
      own: false,
      othersLive: false,
    });
    expect(choice.opened(arrived, 'cards').selected).toBe(7);
  });

  it('puts a notice away by choosing its tab', () => {
    const waiting = choice.arrived(arrivals(1), {
      pop: 2,
      busy: true,
      own: false,
      othersLive: false,
    });
    expect(choice.chosen(waiting, 2).waiting).toEqual([]);
  });
});

describe('what is drawn', () => {
  const drawn = (selection: Selection, over: readonly number[] = []) => {
    const live = selection.order.map((id) =>
      cesar(0, { id, phase: over.includes(id) ? 'wrap_up' : 'accepted' }),
    );
    return choice.drawn(selection, live, new Map()).map(({ id }) => id);
  };

  it('is not what was never in front', () => {
    expect(drawn(arrivals(1, 2, 3))).toEqual([1]);
  });

  it('is what goes on and was in front once, however long ago', () => {
    const looked = [1, 2, 3, 4, 5, 6].reduce(choice.chosen, arrivals(1, 2, 3, 4, 5, 6));
    expect(drawn(looked)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is of those that are over the latest three, and the one in front', () => {
    const looked = [1, 2, 3, 4, 5, 6].reduce(choice.chosen, arrivals(1, 2, 3, 4, 5, 6));
    const over = [1, 2, 3, 4, 5, 6];
    expect(drawn(looked, over)).toEqual([4, 5, 6]);
    expect(drawn(choice.chosen(looked, 2), over)).toEqual([2, 5, 6]);
    expect(drawn(choice.opened(choice.chosen(looked, 2), 'health'), over)).toEqual([2, 5, 6]);
    expect(drawn(choice.gone(choice.chosen(looked, 2), 2), over), 'its neighbour').toEqual([
      1, 5, 6,
    ]);
  });
});
