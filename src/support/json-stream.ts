/**
 * A JSON parser that is given its text in pieces, for files that are longer than a string can be.
 * It makes the values that JSON.parse makes of the whole, and says where the first fault is, at
 * which line and column. No recursion; O(length), and what it keeps of the text is one unfinished
 * token.
 */
import { UserError } from './user-error.ts';

type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const wording: Readonly<Record<Expectation, string>> = {
  value: 'a value is expected',
  'value-or-end': 'a value or "]" is expected',
  key: 'a name in double quotes is expected',
  'key-or-end': 'a name in double quotes or "}" is expected',
  colon: 'a ":" is expected',
  'comma-or-end': 'a "," or the closing bracket is expected',
};

const atom = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
/** Up to what does not belong to a number or a word. */
const wordEnd = /[\s,:[\]{}"]|$/g;
/** Most characters of a wrong word in a message. */
const mostShown = 20;

const code = {
  lineFeed: 0x0a,
  blank: 0x20,
  quote: 0x22,
  comma: 0x2c,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

type JsonObject = Record<string, unknown>;

/** Sets a field as JSON.parse does: `__proto__` is a name like any other. */
function setField(object: JsonObject, name: string, value: unknown): void {
  if (name !== '__proto__') {
    object[name] = value;
    return;
  }
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Whether what stands after a backslash, as far as it is there, can't be an escape. */
function isWrongEscape(text: string, backslash: number): boolean {
  const escape = text.slice(backslash + 1, backslash + 6);
  return !/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|u[0-9a-fA-F]{0,3}$|$)/.test(escape);
}

/** A parser of one text. */
export class JsonStream {
  readonly #open: (unknown[] | JsonObject)[] = [];
  /** The name that the next value of an object belongs to, one a container. */
  readonly #names: string[] = [];
  #expected: Expectation = 'value';
  #done = false;
  #value: unknown;
  /** What was given and is not used yet, from `#at` on. */
  #text = '';
  #at = 0;
  /** Offset of `#text` in the whole. */
  #before = 0;
  /** Lines that have ended, and where the one that has not begins in the whole. */
  #lines = 0;
  #lineStart = 0;
  /** No use in trying before there is so much text: an unfinished token is that long. */
  #enough = 0;
  /** A string that is wrong; what is wrong depends on whether a quote follows. */
  #wrongString = false;
  #last = false;

  /**
   * Goes on with the text.
   * @throws UserError json-syntax, at its line and column
   */
  push(piece: string): void {
    if (this.#wrongString) {
      if (piece.includes('"')) throw this.#refuseString(true);
      return;
    }
    this.#before += this.#at;
    this.#text = this.#at === this.#text.length ? piece : this.#text.slice(this.#at) + piece;
    this.#at = 0;
    if (this.#text.length < this.#enough) return;
    this.#enough = 0;
    this.#run();
  }

  /**
   * The value, after the last piece.
   * @throws UserError json-syntax
   */
  end(): unknown {
    if (this.#wrongString) throw this.#refuseString(false);
    this.#last = true;
    this.#run();
    if (this.#done) return this.#value;
    // Only blanks, which are used up, can stand before an end without a beginning.
    const isEmpty = this.#open.length === 0;
    throw this.#refuse(isEmpty ? 'it is empty' : 'it ends too early (was it cut off?)');
  }

  /** Takes tokens while they are whole. */
  #run(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) return;
      if (this.#done) throw this.#refuse('something follows after its end');
      if (!this.#token(this.#text.charCodeAt(this.#at))) return;
    }
  }

  #skipBlanks(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at += 1) {
      const symbol = text.charCodeAt(at);
      if (symbol > code.blank) break;
      if (symbol === code.lineFeed) {
        this.#lines += 1;
        this.#lineStart = this.#before + at + 1;
      } else if (symbol !== code.blank && symbol !== 0x09 && symbol !== 0x0d) {
        break;
      }
    }
    this.#at = at;
  }

  /** Takes the token that begins here; false where more text is needed. */
  #token(symbol: number): boolean {
    switch (this.#expected) {
      case 'value':
      case 'value-or-end':
        return this.#takeValue(symbol);
      case 'key':
      case 'key-or-end':
        return this.#takeKey(symbol);
      case 'colon':
        if (symbol !== code.colon) return this.#refuseWord();
        this.#at += 1;
        this.#expected = 'value';
        return true;
      case 'comma-or-end': {
        const isList = Array.isArray(this.#open.at(-1));
        if (symbol === code.comma) {
          this.#at += 1;
          this.#expected = isList ? 'value' : 'key';
          return true;
        }
        if (symbol !== (isList ? code.closeList : code.closeObject)) return this.#refuseWord();
        return this.#close();
      }
    }
  }

  #takeValue(symbol: number): boolean {
    if (symbol === code.openObject) {
      this.#enter({}, 'key-or-end');
      return true;
    }
    if (symbol === code.openList) {
      this.#enter([], 'value-or-end');
      return true;
    }
    if (symbol === code.closeList && this.#expected === 'value-or-end') return this.#close();
    if (symbol === code.quote) {
      const text = this.#takeString();
      if (text === undefined) return false;
      this.#give(text);
      return true;
    }
    return this.#takeAtom();
  }

  #takeKey(symbol: number): boolean {
    if (symbol === code.closeObject && this.#expected === 'key-or-end') return this.#close();
    if (symbol !== code.quote) return this.#refuseWord();
    const name = this.#takeString();
    if (name === undefined) return false;
    this.#names[this.#open.length - 1] = name;
    this.#expected = 'colon';
    return true;
  }

  #enter(container: unknown[] | JsonObject, expected: Expectation): void {
    this.#at += 1;
    this.#open.push(container);
    this.#expected = expected;
  }

  #close(): boolean {
    this.#at += 1;
    this.#give(this.#open.pop());
    return true;
  }

  /** A value is whole. */
  #give(value: unknown): void {
    const container = this.#open.at(-1);
    this.#expected = 'comma-or-end';
    if (container === undefined) {
      this.#done = true;
      this.#value = value;
    } else if (Array.isArray(container)) {
      container.push(value);
    } else {
      setField(container, this.#names[this.#open.length - 1] ?? '', value);
    }
  }

  /** The string that begins here; `undefined` where more text is needed. */
  #takeString(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    let hasEscape = false;
    for (; ; at += 1) {
      if (at >= text.length) {
        if (this.#last) this.#startRefusingString();
        else this.#wait();
        return undefined;
      }
      const symbol = text.charCodeAt(at);
      if (symbol === code.quote) break;
      const isEscape = symbol === code.backslash;
      if (symbol < code.blank || (isEscape && isWrongEscape(text, at))) {
        this.#startRefusingString();
        return undefined;
      }
      if (!isEscape) continue;
      hasEscape = true;
      at += 1;
    }
    this.#at = at + 1;
    return hasEscape
      ? (JSON.parse(text.slice(start, at + 1)) as string)
      : text.slice(start + 1, at);
  }

  #takeAtom(): boolean {
    const text = this.#text;
    const start = this.#at;
    // Nine digits at most are a whole number below 2^31, and the usual case.
    let at = start;
    let number = 0;
    for (; at < start + 9; at += 1) {
      const symbol = text.charCodeAt(at);
      if (!(symbol >= code.zero && symbol <= code.nine)) break;
      number = 10 * number + symbol - code.zero;
    }
    const next = text.charCodeAt(at);
    const ends = next === code.comma || next === code.closeObject || next === code.closeList;
    if (ends && at > start && (at === start + 1 || text.charCodeAt(start) !== code.zero)) {
      this.#at = at;
      this.#give(number);
      return true;
    }
    const end = this.#endOfWord();
    if (end === undefined) return false;
    const word = text.slice(start, end);
    if (!atom.test(word)) return this.#refuseWord();
    this.#at = end;
    this.#give(JSON.parse(word));
    return true;
  }

  /** Where the word ends that begins here; `undefined` where more text may belong to it. */
  #endOfWord(): number | undefined {
    wordEnd.lastIndex = this.#at;
    const end = wordEnd.exec(this.#text)?.index ?? this.#text.length;
    if (end < this.#text.length || this.#last) return end;
    this.#wait();
    return undefined;
  }

  /** A token is unfinished: no use in looking again before there is twice as much of it. */
  #wait(): void {
    this.#enough = 2 * (this.#text.length - this.#at);
  }

  /** The string that begins here can't go on. Its fault is told as soon as it is known. */
  #startRefusingString(): void {
    if (this.#text.includes('"', this.#at + 1)) throw this.#refuseString(true);
    if (this.#last) throw this.#refuseString(false);
    this.#wrongString = true;
  }

  #refuseString(hasQuote: boolean): UserError {
    return this.#refuse(
      hasQuote
        ? 'a string has an end of line, a control character or a wrong escape in it'
        : 'a string has no closing quote (was it cut off?)',
    );
  }

  /** What stands here is not what is expected; false where more text is needed to show it. */
  #refuseWord(): false {
    const end = this.#endOfWord();
    if (end === undefined && this.#text.length - this.#at <= mostShown) return false;
    const word = this.#text.slice(this.#at, Math.min(end ?? Infinity, this.#at + mostShown));
    const found = word === '' ? this.#text.charAt(this.#at) : word;
    const numbers = /^-?(NaN|Infinity)/.test(found) ? ' (JSON has no NaN and no Infinity)' : '';
    throw this.#refuse(`${wording[this.#expected]}, not ${JSON.stringify(found)}${numbers}`);
  }

  #refuse(what: string): UserError {
    const column = this.#before + this.#at - this.#lineStart + 1;
    return new UserError({
      code: 'json-syntax',
      message: `the text is not JSON: ${what}; mend it there`,
      at: `line ${this.#lines + 1}, column ${column}`,
    });
  }
}
