/** The orders with their counts, one of them chosen; bars from zero, cut where one is far longer. */
import type { OpenedSubject, OrderCount, OrderName } from '../protocol.ts';
import { byId, formatCount, html } from './elements.ts';

/** The longest bar, as a multiple of the lowest count: what costs more is cut and looks so. */
const longest = 2.6;

/** The list; `choose` is told which order is chosen. */
export class OrdersList {
  readonly #host = byId('orders', HTMLElement);
  readonly #bound = byId('bound', HTMLElement);
  readonly #choose: (name: OrderName) => void;

  constructor(choose: (name: OrderName) => void) {
    this.#choose = choose;
    this.#host.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) this.#choose(target.value);
    });
  }

  /** Shows orders, one of them chosen. */
  show(
    orders: readonly OrderCount[],
    { bound, cost }: Pick<OpenedSubject, 'bound' | 'cost'>,
    chosen: OrderName,
  ): void {
    const least = Math.min(...orders.map(({ count }) => count));
    const scale = longest * Math.max(1, least);
    const share = (count: number): string => `${Math.min(100, (100 * count) / scale).toFixed(2)}%`;
    const focused = this.#host.contains(document.activeElement);
    this.#host.replaceChildren(
      ...orders.map(({ name, label, count, printed }) => {
        const input = html('input', { type: 'radio', name: 'order', value: name });
        input.checked = name === chosen;
        const bar = html('span', { class: count > scale ? 'bar cut' : 'bar', 'aria-hidden': true });
        bar.style.width = share(count);
        const differs = printed !== undefined && printed !== count;
        return html(
          'label',
          { class: count === least ? 'order least' : 'order' },
          input,
          html('span', { class: 'order-name' }, label),
          html('span', { class: 'order-count' }, formatCount(count)),
          html('span', { class: 'track', 'aria-hidden': true }, bar),
          ...(differs
            ? [html('span', { class: 'order-note' }, `the paper prints ${formatCount(printed)}`)]
            : []),
        );
      }),
    );
    if (focused) this.#host.querySelector<HTMLInputElement>('input:checked')?.focus();
    if (bound === undefined) {
      this.#host.style.removeProperty('--bound');
      this.#bound.textContent = `No lower bound is stored for this task under ${cost}.`;
    } else {
      this.#host.style.setProperty('--bound', share(bound.lower));
      this.#bound.textContent = bound.proved
        ? `No order takes fewer than ${formatCount(bound.lower)}: proved.`
        : `No order takes fewer than ${formatCount(bound.lower)} (the best lower bound so far).`;
    }
    this.#host.classList.toggle('bounded', bound !== undefined);
  }
}
