/** The functions that the code of a kernel calls: elementary functions and routines, each once. */
import type { LaneBody, LaneRoutine } from '../lanes/types.ts';
import type { OutlinedProgram } from '../outline/statements.ts';
import { BodyText, type FunctionNames } from './body.ts';
import { builtInsFor } from './built-ins.ts';
import { helperText, typeText } from './operations.ts';

/** Functions in an order in which they stand before those that use them. */
export class FunctionLibrary {
  readonly #builtIns: boolean;
  /** Name → text. */
  readonly #texts = new Map<string, string>();

  /** @param builtIns whether WGSL's own functions are taken where there are any */
  constructor(builtIns: boolean) {
    this.#builtIns = builtIns;
  }

  /** Takes all functions that a program calls; gives the names by which its code calls them. */
  namesFor({
    functions,
    routines,
  }: Pick<OutlinedProgram, 'functions' | 'routines'>): FunctionNames {
    const callees = functions.map((each) => {
      const own = this.#builtIns ? builtInsFor(each.name.split(' ')) : undefined;
      if (own !== undefined)
        return this.#take('f', each.name, (name) => builtInText(name, each, own));
      const names = { routine: this.#routines(each.routines), callee: none };
      return this.#take('f', each.name, (name) => functionText(name, each, names));
    });
    return {
      routine: this.#routines(routines),
      callee: (place) => callees[place] ?? none(place),
    };
  }

  /** The text of all functions that these lines call, directly or through others. */
  textFor(lines: readonly string[]): string[] {
    const all = new Map<string, string>([...Object.entries(helperText), ...this.#texts]);
    const wanted = new Set<string>();
    const visit = (text: string): void => {
      for (const [word] of text.matchAll(/\b[a-z_]\w*(?=\()/g)) {
        const found = all.get(word);
        if (found === undefined || wanted.has(word)) continue;
        wanted.add(word);
        visit(found);
      }
    };
    lines.forEach(visit);
    return [...all].flatMap(([name, text]) => (wanted.has(name) ? [text] : []));
  }

  #routines(routines: readonly LaneRoutine[]): (place: number) => string {
    const names = routines.map((routine) =>
      this.#take('r', routine.name, (name) =>
        functionText(name, routine, { routine: none, callee: none }),
      ),
    );
    return (place) => names[place] ?? none(place);
  }

  /** The name of a function with this text: powers, for one, have one name and several texts. */
  #take(kind: 'f' | 'r', title: string, write: (name: string) => string): string {
    for (let twin = 0; ; twin += 1) {
      const name = `${kind}${twin}_${identifier(title)}`;
      const text = write(name);
      const known = this.#texts.get(name);
      if (known === undefined) this.#texts.set(name, text);
      if (known === undefined || known === text) return name;
    }
  }
}

const identifier = (text: string): string => text.replaceAll(/\W+/g, '_');

/** Parameters, and the type of the result: of its own where there are several. */
function signature(name: string, { arguments: parameters, types, results }: LaneBody) {
  const resultTypes = results.map((value) => typeText[types[value] ?? 'real']);
  const [first = 'f32'] = resultTypes;
  const isOne = resultTypes.length === 1;
  const struct = isOne
    ? []
    : [`struct R_${name} { ${resultTypes.map((type, k) => `r${k}: ${type}`).join(', ')} }`];
  const list = parameters.map((type, k) => `v${k}: ${typeText[type]}`).join(', ');
  const result = isOne ? first : `R_${name}`;
  return { struct, head: `fn ${name}(${list}) -> ${result} {`, make: isOne ? '' : result };
}

function functionText(name: string, body: LaneBody, names: FunctionNames): string {
  const { struct, head, make } = signature(name, body);
  const text = new BodyText(body.types, names);
  const lines = body.statements.flatMap((statement) => text.statement(statement));
  const results = body.results.map((value) => text.text(value)).join(', ');
  return [
    ...struct,
    head,
    ...lines.map((line) => `  ${line}`),
    `  return ${make}(${results});`,
    '}',
  ].join('\n');
}

function builtInText(name: string, body: LaneBody, builtIns: readonly string[]): string {
  const { struct, head, make } = signature(name, body);
  const list = body.arguments.map((_, k) => `v${k}`).join(', ');
  const results = builtIns.map((each) => `${each}(${list})`).join(', ');
  return [...struct, head, `  return ${make}(${results});`, '}'].join('\n');
}

function none(place: number): never {
  throw new Error(`code calls a function ${place} that it does not have`);
}
