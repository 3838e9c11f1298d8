/** Code blocks of Markdown files. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A block between fences. */
export interface CodeBlock {
  /** What stands behind the opening fence: `sh`, `js`, … */
  readonly language: string;
  readonly code: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

/** The documents that people read. */
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${repository}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The blocks of a document in their order. */
export function blocksOf(document: string): readonly CodeBlock[] {
  const text = readFileSync(repository + document, 'utf8');
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    code: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** The commands of a block: without comments, lines that go on joined, `&&` apart. */
export function commandsOf({ code }: CodeBlock): readonly string[] {
  return code
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .flatMap((line) => line.split(/\s*&&\s*/))
    .filter((line) => line !== '');
}
