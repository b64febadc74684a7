// All that the window knows: the newest snapshot of each live interaction and of the app, and what
// the agent has in front. The core owns the rest; what is half typed stays in its component.

import { SvelteMap } from 'svelte/reactivity';
import type {
  AppView,
  CommandFault,
  Commands,
  FeatureView,
  PaintedRequest,
  PopRequest,
  PopView,
  Update,
  WindowView,
} from '../bindings/wire';
import { faultOf, type CommandArgs, type CommandName, type Host } from '../host/host';
import { isOver } from '../shared/phases';
import { t } from '../words';
import { isLoaded, speak } from '../words/language.svelte';
import { word } from '../words/own';
import { Announcer } from './announcer.svelte';
import { THE_WINDOW, whenPainted } from './painted';
import type { CardForm, Instead, OpenForm } from './card-forms';
import { openCase } from './commands';
import { goTo } from './going';
import { Insights } from './insights.svelte';
import * as choice from './selection';
import { sentences } from './sentences';
import { told } from './written';
import { play } from './sound';

/** A short word to the agent about something that happened out of sight. */
export interface Notice {
  readonly text: string;
  readonly fault: boolean;
  /** What the agent can do about it. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

export class Panel {
  readonly announcer = new Announcer();
  readonly pops = new SvelteMap<number, PopView>();
  /** The form that stands in the place of a card, by card. */
  readonly forms = new SvelteMap<number, OpenForm>();
  app = $state.raw<AppView | null>(null);
  /** The window's own state: the compact bar, the curtain, what it asks. */
  window = $state.raw<WindowView | null>(null);
  selection = $state.raw(choice.nothing);
  /** The card that a search is for, if it is for one. */
  searchFor = $state.raw<number | null>(null);
  /** What the page of the day lists alone at first, if it does. */
  todo = $state.raw<'not_logged' | null>(null);
  /** The connection whose sign-in the connect form renews; none: a new one. */
  signIn = $state.raw<string | null>(null);
  /** The connection that is diagnosed. */
  diagnosed = $state.raw<string | null>(null);
  readonly insights = new Insights();
  notice = $state.raw<Notice | null>(null);
  /** Why nothing is heard from the core. */
  lost = $state.raw<CommandFault | null>(null);
  readonly selected = $derived.by(() => this.#selected());
  /** The card on screen, if one is. */
  readonly inFront = $derived(this.selection.page === 'cards' ? this.selected : null);
  readonly live = $derived(this.selection.order.flatMap((id) => this.pops.get(id) ?? []));
  /** The cards in the document: what the agent opened there stays as it was left. */
  readonly drawn = $derived(choice.drawn(this.selection, this.live, this.forms));
  /** Whether the agent asked for a card a moment ago, which then comes to the front. */
  #asked = false;
  readonly #host: Host;
  readonly #inUse: () => boolean;
  readonly #inCard: (pop: number) => boolean;

  /** `inCard` says whether the keyboard is in a card, which then stays as it is. */
  constructor(host: Host, inUse: () => boolean, inCard: (pop: number) => boolean = () => false) {
    this.#host = host;
    this.#inUse = inUse;
    this.#inCard = inCard;
  }

  /** Begins to listen; returns how to stop. */
  listen(): () => void {
    const stop = this.#host.subscribe(
      (update) => this.apply(update),
      (fault) => (this.lost = fault),
    );
    return () => {
      stop();
      this.announcer.stop();
    };
  }

  apply(update: Update): void {
    switch (update.kind) {
      case 'app':
        this.#applyApp(update.view);
        return;
      case 'pop':
        this.#applyPop(update.view);
        return;
      case 'gone':
        this.pops.delete(update.pop);
        this.forms.delete(update.pop);
        this.selection = choice.gone(this.selection, update.pop);
        if (this.searchFor === update.pop) this.searchFor = null;
        return;
      case 'window':
        this.window = update.view;
        return;
      case 'go':
        goTo(this, update.to);
        return;
      case 'sound':
        play(update.sound);
    }
  }

  choose(pop: number): void {
    this.selection = choice.chosen(this.selection, pop);
  }

  chooseAt(position: number): void {
    this.selection = choice.chosenAt(this.selection, position);
  }

  chooseNext(step: 1 | -1): void {
    this.selection = choice.chosenNext(this.selection, step);
  }

  /** Whether the organisation has switched something off. */
  readonly isOff = (feature: FeatureView): boolean => this.app?.off.includes(feature) ?? false;

  show(page: choice.Page, searchFor: number | null = null): void {
    if (page === 'search' && this.isOff('search')) return;
    this.searchFor = page === 'search' ? searchFor : null;
    this.todo = null;
    this.selection = choice.opened(this.selection, page);
  }

  /** Opens the interactions of the day that are not logged yet. */
  showUnlogged(): void {
    this.show('today');
    this.todo = 'not_logged';
  }

  /** Opens the form that connects a CRM: a new one, or the one whose sign-in was lost. */
  signInTo(connection: string | null): void {
    this.signIn = connection;
    this.show('connect');
  }

  /** Opens the diagnosis of a connection. */
  diagnose(connection: string): void {
    this.diagnosed = connection;
    this.show('doctor');
  }

  /** Puts a form in the place of a card. */
  openForm(pop: number, form: CardForm, instead?: Instead): void {
    this.forms.set(pop, { form, asked: true, ...(instead && { instead }) });
    this.choose(pop);
  }

  /** The card comes back; what is half typed is kept. */
  closeForm(pop: number): void {
    this.forms.delete(pop);
  }

  dismissWaiting(): void {
    this.selection = choice.noticed(this.selection);
  }

  /** Calls the core; a refusal is told to the agent, and gives nothing. */
  async ask<N extends CommandName>(
    name: N,
    ...args: CommandArgs<N>
  ): Promise<Commands[N]['answer'] | undefined> {
    try {
      return await this.#host.call(name, ...args);
    } catch (reason) {
      this.tell(faultOf(reason).text, true);
      return undefined;
    }
  }

  /** As `ask`, for what brings a card of its own: the next one that was looked up comes to front. */
  async askForCard<N extends 'reopen' | 'use_customer'>(
    name: N,
    request: Commands[N]['request'],
  ): Promise<void> {
    this.#asked = true;
    const answer = await this.ask(name, ...([request] as CommandArgs<N>));
    if (answer === undefined) this.#asked = false;
  }

  /** A connection's name for people. */
  labelOf(connection: string): string {
    return this.app?.connections.find(({ id }) => id === connection)?.label ?? connection;
  }

  tell(text: string, fault = false, action?: Notice['action']): void {
    this.notice = action ? { text, fault, action } : { text, fault };
    if (fault && action) this.announcer.warn(text);
    else this.announcer.say(text);
  }

  async copy(text: string, said: string = t('copy.done', { what: text })): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.announcer.say(said);
    } catch {
      this.tell(t('copy.failed'), true);
    }
  }

  /** The window speaks as the app does: nothing is shown before its words are there. */
  #applyApp(view: AppView): void {
    if (this.app && view.seq < this.app.seq) return;
    const spoken = speak(view.language);
    if (isLoaded(view.language)) this.#showApp(view);
    else void spoken.catch(() => undefined).then(() => this.#showApp(view));
  }

  #showApp(view: AppView): void {
    if (!this.app) whenPainted(THE_WINDOW, (painted) => this.#report(painted));
    else if (view.seq < this.app.seq) return;
    word(view.words);
    this.app = view;
  }

  #applyPop(view: PopView): void {
    const before = this.pops.get(view.id);
    if (before && view.seq < before.seq) return;
    this.pops.set(view.id, view);
    if (!before) this.#arrive(view);
    if (before?.rings && !view.rings) this.selection = choice.seen(this.selection, view.id);
    this.#announce(before, view);
    this.#tellWrites(before, view);
    this.#wrapUp(before, view);
    if (this.inFront?.id !== view.id) return;
    whenPainted({ pop: view.id, seq: view.seq }, (painted) => this.#report(painted));
  }

  #arrive(view: PopView): void {
    const own = this.#asked && view.phase === 'looked_up';
    if (own) this.#asked = false;
    const others = [...this.pops.values()].filter(({ id }) => id !== view.id);
    const othersLive = others.some(({ phase }) => !isOver(phase));
    const arrival = { pop: view.id, busy: this.#inUse(), own, othersLive };
    this.selection = choice.arrived(this.selection, arrival);
  }

  #tellWrites(before: PopView | undefined, view: PopView): void {
    for (const { text, fault, does, write } of told(before, view, this.app?.keeps !== false)) {
      const { made, connection } = write;
      const runs = {
        undo: () => void this.#undo(write.id),
        open: () => openCase(this, view, { connection, id: made ?? '' }),
        look: () => this.show('queue'),
      };
      const labels = { undo: 'wrote.undo', open: 'wrote.open', look: 'wrote.look' } as const;
      this.tell(text, fault, does ? { label: t(labels[does]), run: runs[does] } : undefined);
    }
  }

  async #undo(id: string): Promise<void> {
    if ((await this.ask('undo', { id })) !== undefined) this.tell(t('wrote.undone'));
  }

  /** What has ended is wrapped up next, unless the agent has the card in hand. */
  #wrapUp(before: PopView | undefined, view: PopView): void {
    const isNew = before !== undefined && before.writing.wrapUp.kind !== 'due';
    if (!isNew || view.writing.wrapUp.kind !== 'due') return;
    if (this.forms.has(view.id) || this.#inCard(view.id)) return;
    this.forms.set(view.id, { form: 'log_interaction', asked: false });
  }

  #announce(before: PopView | undefined, view: PopView): void {
    if (this.app?.settings.announce === false) return;
    const { said, warned } = sentences(before, view);
    for (const sentence of said) this.announcer.say(sentence);
    for (const sentence of warned) this.announcer.warn(sentence);
  }

  /** A measurement nobody waits for: if the core does not want it, nothing is lost. */
  #report(painted: PaintedRequest): void {
    this.#host.call('painted', painted).catch(() => undefined);
  }

  #selected(): PopView | null {
    const { selected } = this.selection;
    return selected === null ? null : (this.pops.get(selected) ?? null);
  }
}

/** A card at the generation on screen, as commands want it. */
export function requestOf(view: PopView): PopRequest {
  return { pop: view.id, generation: view.generation };
}
