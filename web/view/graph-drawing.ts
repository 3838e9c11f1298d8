/** The graph as a picture: vertices that can be walked over with arrow keys, edges that come and go. */
import type { OpenedSubject, PlacedVertex, PlayedEdge, PlayedOrder } from '../protocol.ts';
import { counted, svg } from './elements.ts';
import {
  type Arrow,
  type Direction,
  neighbourOn,
  onScreen,
  radius,
  smoothLine,
} from './geometry.ts';
import { operationSign, spokenOperation } from './operation-names.ts';

/** Below that width the layers run downwards. */
const narrow = 640;

/** Scales between which the picture fits itself into its place; beyond them it scrolls. */
const [leastScale, mostScale] = [0.72, 1.15];

/** How far layers are drawn apart where there is room for it, and the share of a window's height. */
const [mostStretch, shareOfHeight] = [2.2, 0.78];

/** Room around the picture. */
const margin = 14;

const arrows: ReadonlyMap<string, Arrow> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/**
 * What a vertex is called: an input by its name, others by number and operation. What is written in a
 * vertex stands at the end as a word, for those who name what they see.
 */
export function vertexName({ id, operation, kind }: PlacedVertex): string {
  if (kind === 'input') return `input ${id}`;
  const spoken = spokenOperation(operation);
  const part = kind === 'output' ? 'output' : 'vertex';
  return `${part} ${id}${spoken === '' ? '' : `, ${spoken}`}`;
}

interface DrawnEdge {
  readonly edge: PlayedEdge;
  readonly line: SVGPathElement;
}

/** The picture of one graph after another. */
export class GraphDrawing {
  readonly #host: HTMLElement;
  readonly #describe: (text: string) => void;
  readonly #choose: (vertex: number) => void;
  #subject: OpenedSubject | undefined;
  #played: PlayedOrder = { steps: [], edges: [] };
  #step = 0;
  #direction: Direction = 'rightwards';
  #stretch = 1;
  #vertices: readonly SVGGElement[] = [];
  #edges: readonly DrawnEdge[] = [];
  #edgeLayer = svg('g');
  /** By vertex: after how many steps it is eliminated. */
  #goes = new Map<number, number>();
  #focused = 0;

  /**
   * @param host where it is drawn
   * @param on what is told: a text about the vertex in focus, and a vertex that was pressed
   */
  constructor(
    host: HTMLElement,
    on: { readonly describe: (text: string) => void; readonly choose: (vertex: number) => void },
  ) {
    this.#host = host;
    this.#describe = on.describe;
    this.#choose = on.choose;
    host.addEventListener('keydown', (event) => {
      this.#walk(event);
    });
    new ResizeObserver(() => {
      if (this.#directionNow() !== this.#direction) this.#draw();
    }).observe(host);
  }

  /** Draws another graph. */
  show(subject: OpenedSubject): void {
    this.#subject = subject;
    this.#played = { steps: [], edges: [] };
    this.#step = 0;
    this.#focused = 0;
    this.#draw();
    this.#host.scrollTo(0, 0);
  }

  /** Takes another elimination of the same graph. */
  play(played: PlayedOrder): void {
    this.#played = played;
    this.#goes = new Map(played.steps.map(({ vertex }, index) => [vertex, index + 1]));
    this.#drawEdges();
  }

  /** Shows what is left after so many steps. */
  showStep(step: number): void {
    this.#step = step;
    const current = this.#played.steps[step - 1]?.vertex;
    for (const { edge, line } of this.#edges) {
      const there = edge.born <= step && step < edge.died;
      line.classList.toggle('gone', !there);
      line.classList.toggle('new', there && edge.born === step && step > 0);
    }
    this.#vertices.forEach((vertex, index) => {
      const gone = (this.#goes.get(index) ?? Infinity) <= step;
      vertex.classList.toggle('gone', gone);
      vertex.classList.toggle('current', index === current);
      vertex.setAttribute('aria-label', this.#label(index, gone));
    });
    if (current !== undefined) this.#keepInView(current);
  }

  #label(index: number, gone: boolean): string {
    const vertex = this.#subject?.vertices[index];
    if (vertex === undefined) return '';
    return `${gone ? 'eliminated ' : ''}${vertexName(vertex)}`;
  }

  #directionNow(): Direction {
    return this.#host.clientWidth < narrow ? 'downwards' : 'rightwards';
  }

  #draw(): void {
    const subject = this.#subject;
    if (subject === undefined) return;
    this.#direction = this.#directionNow();
    const room = this.#host.clientWidth - 2;
    const [wide, high] = this.#sizeOf(subject, 1);
    const fitting = Math.min(room / wide, (shareOfHeight * window.innerHeight) / high);
    const scale = Math.min(
      mostScale,
      Math.max(leastScale, this.#direction === 'rightwards' ? fitting : room / wide),
    );
    // What is shallow takes the whole width.
    const spare = this.#direction === 'rightwards' ? room / scale / wide : 1;
    this.#stretch = Math.min(mostStretch, Math.max(1, spare));
    const [width, height] = this.#sizeOf(subject, this.#stretch);
    const inputs = subject.vertices.filter(({ kind }) => kind === 'input').length;
    const outputs = subject.vertices.filter(({ kind }) => kind === 'output').length;
    const picture = svg('svg', {
      viewBox: `${-margin} ${-margin} ${width} ${height}`,
      role: 'group',
      'aria-label':
        `Graph of ${subject.task}: ${counted(inputs, 'input')}, ` +
        `${counted(subject.vertices.length - inputs - outputs, 'inner vertex', 'inner vertices')}, ` +
        `${counted(outputs, 'output')}. Arrow keys walk over the vertices; ` +
        'Enter goes to the step that eliminates one.',
    });
    picture.style.width = `${Math.floor(width * scale)}px`;
    this.#edgeLayer = svg('g', { class: 'edges', 'aria-hidden': 'true' });
    this.#vertices = subject.vertices.map((vertex, index) => this.#vertex(vertex, index));
    picture.append(this.#edgeLayer, svg('g', {}, ...this.#vertices));
    this.#host.replaceChildren(picture);
    this.#drawEdges();
  }

  #sizeOf({ along, across }: OpenedSubject, stretch: number): readonly [number, number] {
    const [x = 0, y = 0] = onScreen([along * stretch, across], this.#direction);
    return [x + 2 * margin, y + 2 * margin];
  }

  #drawEdges(): void {
    const subject = this.#subject;
    if (subject === undefined) return;
    const routes = new Map(subject.edges.map((edge) => [`${edge.from} ${edge.to}`, edge.points]));
    const edges =
      this.#played.edges.length > 0
        ? this.#played.edges
        : subject.edges.map(({ from, to }) => ({ from, to, born: 0, died: Infinity }));
    this.#edges = edges.map((edge) => {
      const points = edge.born === 0 ? routes.get(`${edge.from} ${edge.to}`) : undefined;
      const line = points?.map(([along, across]) => [along * this.#stretch, across] as const);
      const ends = [this.#point(edge.from), this.#point(edge.to)];
      const d = smoothLine(line ?? ends, this.#direction);
      return { edge, line: svg('path', { d, class: edge.born === 0 ? 'edge' : 'edge fill-in' }) };
    });
    this.#edgeLayer.replaceChildren(...this.#edges.map(({ line }) => line));
    this.showStep(this.#step);
  }

  #point(vertex: number): readonly [along: number, across: number] {
    const { along = 0, across = 0 } = this.#subject?.vertices[vertex] ?? {};
    return [along * this.#stretch, across];
  }

  #vertex(vertex: PlacedVertex, index: number): SVGGElement {
    const [x = 0, y = 0] = onScreen(this.#point(index), this.#direction);
    const sign = vertex.kind === 'input' ? vertex.id : operationSign(vertex.operation);
    const shape =
      vertex.kind === 'input'
        ? svg('rect', { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius, rx: 4 })
        : svg('circle', { r: radius });
    const ring = vertex.kind === 'output' ? [svg('circle', { r: radius - 3, class: 'ring' })] : [];
    const label = svg('text', { class: sign.length > 3 ? 'small' : undefined }, sign);
    const drawn = svg(
      'g',
      {
        class: `vertex ${vertex.kind}`,
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        tabindex: index === this.#focused ? 0 : -1,
        role: 'button',
        'aria-label': vertexName(vertex),
        ...(vertex.eliminable ? {} : { 'aria-disabled': 'true' }),
      },
      shape,
      ...ring,
      label,
    );
    drawn.addEventListener('focus', () => {
      this.#focus(index);
    });
    drawn.addEventListener('pointerenter', () => {
      this.#light(index);
    });
    drawn.addEventListener('pointerleave', () => {
      this.#light(undefined);
    });
    drawn.addEventListener('blur', () => {
      this.#light(undefined);
    });
    drawn.addEventListener('click', () => {
      this.#choose(index);
    });
    return drawn;
  }

  #focus(index: number): void {
    this.#vertices[this.#focused]?.setAttribute('tabindex', '-1');
    this.#vertices[index]?.setAttribute('tabindex', '0');
    this.#focused = index;
    this.#light(index);
    this.#describe(this.#description(index));
  }

  /** Sets off the edges at a vertex. */
  #light(index: number | undefined): void {
    for (const { edge, line } of this.#edges) {
      line.classList.toggle('lit', index !== undefined && [edge.from, edge.to].includes(index));
    }
  }

  #description(index: number): string {
    const subject = this.#subject;
    const vertex = subject?.vertices[index];
    if (subject === undefined || vertex === undefined) return '';
    const there = this.#edges.filter(
      ({ edge }) => edge.born <= this.#step && this.#step < edge.died,
    );
    const into = there.filter(({ edge }) => edge.to === index).length;
    const out = there.filter(({ edge }) => edge.from === index).length;
    const shape = vertex.shape.length === 0 ? '' : ` of shape ${vertex.shape.join(' × ')}`;
    const goes = this.#goes.get(index);
    const when =
      goes === undefined
        ? ''
        : goes <= this.#step
          ? `; eliminated in step ${goes}`
          : `; to be eliminated in step ${goes}`;
    const name = vertexName(vertex);
    return (
      `${name.charAt(0).toUpperCase()}${name.slice(1)}${shape}: ` +
      `${counted(into, 'in-edge')}, ${counted(out, 'out-edge')}${when}.`
    );
  }

  #walk(event: KeyboardEvent): void {
    const index = this.#vertices.findIndex((vertex) => vertex === document.activeElement);
    if (index < 0) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(index);
      return;
    }
    const next = this.#reached(event.key, index);
    if (next === undefined) return;
    event.preventDefault();
    this.#vertices[next]?.focus();
  }

  #reached(key: string, index: number): number | undefined {
    if (key === 'Home') return 0;
    if (key === 'End') return this.#vertices.length - 1;
    const arrow = arrows.get(key);
    if (arrow === undefined) return undefined;
    const points = this.#vertices.map((_, vertex) =>
      onScreen(this.#point(vertex), this.#direction),
    );
    return neighbourOn(points, index, arrow);
  }

  /** Scrolls the picture, never the page. */
  #keepInView(index: number): void {
    const vertex = this.#vertices[index]?.getBoundingClientRect();
    const place = this.#host.getBoundingClientRect();
    if (vertex === undefined) return;
    const off = (low: number, high: number, from: number, to: number): number =>
      low < from || high > to ? (low + high - from - to) / 2 : 0;
    const left = off(vertex.left, vertex.right, place.left + 20, place.right - 20);
    const top = off(vertex.top, vertex.bottom, place.top + 20, place.bottom - 20);
    if (left !== 0 || top !== 0) this.#host.scrollBy({ left, top });
  }
}
