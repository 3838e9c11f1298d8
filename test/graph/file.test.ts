import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalForm } from '../../src/graph/canonical.ts';
import { readGraph, readGraphBytes, writeGraph } from '../../src/graph/file.ts';
import { constant, scalarPartial, unit, variable } from '../../src/graph/partial.ts';
import { UserError } from '../../src/support/user-error.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';

const head = { format: 'crosscountry/graph', version: 1, name: 'example' };
const vertices = [
  { id: 'x', kind: 'input', shape: [3] },
  { id: 1, kind: 'intermediate', op: 'sin', shape: [3] },
  { id: 2, kind: 'output', op: 'dot', shape: [2] },
];
const edges = [
  { from: 'x', to: 1, partial: 'i|i|i' },
  { from: 1, to: 2, partial: 'k|i|ki' },
];
const scalars = [{ id: 'x' }, { id: 1 }, { id: 2 }];
const scalarEdges = [
  { from: 'x', to: 1 },
  { from: 1, to: 2 },
];

function failure(text: string): UserError {
  try {
    readGraph(text, 'example.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

const failureOf = (change: object): UserError =>
  failure(JSON.stringify({ ...head, vertices: scalars, edges: scalarEdges, ...change }));

describe('readGraph', () => {
  it('reads the example of the contract', () => {
    const graph = readGraph(JSON.stringify({ ...head, vertices, edges }));
    expect(graph.name).toBe('example');
    expect(graph.vertices[1]).toEqual({ id: 1, kind: 'intermediate', op: 'sin', shape: [3] });
    expect(graph.edges[1]?.partial).toEqual({
      to: [[{ index: 0, offset: 0 }]],
      from: [[{ index: 1, offset: 0 }]],
      value: [0, 1],
      sizes: [2, 3],
      coefficient: variable,
    });
    expect([graph.inputs, graph.outputs]).toEqual([[0], [2]]);
  });

  it.each([
    [{}, variable],
    [{ value: 1 }, unit(1)],
    [{ value: -1 }, unit(-1)],
    [{ value: 2.5 }, constant(2.5)],
    [{ value: 0 }, constant(0)],
    [{ value: 'general' }, variable],
    [{ value: 'constant' }, constant()],
    [{ value: -1, class: 'constant' }, constant(-1)],
    [{ partial: '||' }, unit(1)],
    [{ partial: '||', value: 'general' }, variable],
  ])('takes a scalar edge with %j for %j', (change, coefficient) => {
    const text = JSON.stringify({
      ...head,
      vertices: scalars,
      edges: [{ ...scalarEdges[0], ...change }, scalarEdges[1]],
    });
    expect(readGraph(text).edges[0]?.partial).toEqual(scalarPartial(coefficient));
  });

  it.each([
    [{ partial: 'i|i|' }, unit(1)],
    [{ partial: 'i|i|', value: -1 }, unit(-1)],
    [{ partial: 'i|i|', value: 3 }, constant(3)],
    [{ partial: 'i|i|', value: 'general' }, variable],
    [{ partial: 'i|i|i', value: 'constant' }, constant()],
  ])('takes a tensor edge with %j for %j', (change, coefficient) => {
    const text = JSON.stringify({
      ...head,
      vertices: [
        { id: 'x', shape: [3] },
        { id: 1, shape: [3] },
      ],
      edges: [{ from: 'x', to: 1, ...change }],
    });
    const graph = readGraph(text);
    expect(graph.edges[0]?.partial.coefficient).toEqual(coefficient);
    expect(readGraph(writeGraph(graph))).toEqual(graph);
  });

  it('takes a byte order mark', () => {
    const text = `\uFEFF${JSON.stringify({ ...head, vertices, edges })}`;
    expect(readGraph(text).vertices).toHaveLength(3);
    expect(readGraphBytes(new TextEncoder().encode(text)).vertices).toHaveLength(3);
  });

  it('takes __proto__ as an id and as a field of no meaning', () => {
    const text =
      '{"format":"crosscountry/graph","version":1,"__proto__":{"polluted":1},' +
      '"vertices":[{"id":"__proto__"},{"id":"constructor"}],' +
      '"edges":[{"from":"__proto__","to":"constructor"}]}';
    expect(readGraph(text).vertices.map(({ id }) => id)).toEqual(['__proto__', 'constructor']);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['json-syntax', 'line 1, column 1', ''],
    ['json-syntax', 'line 2, column 10', '{\n "name": NaN}'],
    ['json-syntax', 'line 1, column 14', '{"name": "a" "b"}'],
    ['json-syntax', 'line 1, column 12', '{"name": 1,}'],
    ['json-syntax', 'line 1, column 10', '{"name": 01}'],
    ['json-syntax', 'line 1, column 9', '{"name":\'a\'}'],
    ['json-syntax', 'line 2, column 1', '{}\n{}'],
    ['json-syntax', 'line 1, column 5', '[1, }]'],
    ['graph-type', undefined, '[]'],
    ['graph-type', undefined, 'null'],
    ['graph-format', 'format', '{}'],
    ['graph-format', 'format', '{"format": "crosscountry/result"}'],
    ['graph-version', 'version', '{"format": "crosscountry/graph"}'],
    ['graph-version', 'version', '{"format": "crosscountry/graph", "version": 2}'],
  ])('refuses with %s at %s: %s', (code, at, text) => {
    const error = failure(text);
    expect([error.code, error.at, error.file]).toEqual([code, at, 'example.json']);
    expect(error.message).not.toContain('\n');
  });

  it('says where a truncated file ends', () => {
    const whole = JSON.stringify({ ...head, vertices, edges }, undefined, 1);
    for (let length = 0; length < whole.length; length += 7) {
      const error = failure(whole.slice(0, length));
      expect(error.code).toBe('json-syntax');
      expect(error.at).toMatch(/^line \d+, column \d+$/);
    }
  });

  it('survives nesting a million deep, whole and cut off', () => {
    const depth = 1_000_000;
    const open = '['.repeat(depth);
    expect(['graph-type', 'json-nesting']).toContain(failure(open + ']'.repeat(depth)).code);
    expect(['json-syntax', 'json-nesting']).toContain(failure(open).code);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => readGraphBytes(Uint8Array.of(0x7b, 0xff, 0x7d), 'bad.json')).toThrow(UserError);
  });

  it.each([
    ['graph-type', 'vertices', { vertices: undefined }],
    ['graph-type', 'vertices', { vertices: {} }],
    ['graph-type', 'vertices[1]', { vertices: [{ id: 'x' }, 1] }],
    ['graph-type', 'edges', { edges: null }],
    ['graph-type', 'name', { name: 3 }],
    ['graph-type', 'vertices[0].id', { vertices: [{}] }],
    ['graph-type', 'vertices[0].id', { vertices: [{ id: 1.5 }] }],
    ['graph-type', 'vertices[0].id', { vertices: [{ id: null }] }],
    ['graph-type', 'vertices[0].id', { vertices: [{ id: [[[]]] }] }],
    ['graph-type', 'vertices[0].kind', { vertices: [{ id: 1, kind: 'inputs' }] }],
    ['graph-type', 'vertices[0].kind', { vertices: [{ id: 1, kind: '__proto__' }] }],
    ['graph-type', 'vertices[0].kind', { vertices: [{ id: 1, kind: null }] }],
    ['graph-type', 'vertices[0].op', { vertices: [{ id: 1, op: 7 }] }],
    ['graph-type', 'vertices[0].shape', { vertices: [{ id: 1, shape: 3 }] }],
    ['graph-type', 'vertices[0].shape[1]', { vertices: [{ id: 1, shape: [2, -1] }] }],
    ['graph-type', 'vertices[0].shape[0]', { vertices: [{ id: 1, shape: [1.5] }] }],
    ['graph-limit', 'vertices[0].shape', { vertices: [{ id: 1, shape: [1e9, 1e9] }] }],
    [
      'graph-limit',
      'vertices[0].shape',
      { vertices: [{ id: 1, shape: Array.from({ length: 17 }, () => 1) }] },
    ],
    ['graph-unknown-field', 'vertices[0].shap', { vertices: [{ id: 1, shap: [3] }] }],
    ['graph-unknown-field', 'edgs', { edgs: [] }],
    ['graph-type', 'edges[0].from', { edges: [{ to: 1 }] }],
    ['graph-type', 'edges[1].to', { edges: [scalarEdges[0], { from: 'x', to: {} }] }],
    ['graph-unknown-vertex', 'edges[0].from', { edges: [{ from: 'nil', to: 1 }] }],
    ['graph-type', 'edges[0].partial', { edges: [{ from: 'x', to: 1, partial: 1 }] }],
    ['notation-syntax', 'edges[0].partial', { edges: [{ from: 'x', to: 1, partial: '|' }] }],
    ['notation-rank', 'edges[0].partial', { edges: [{ from: 'x', to: 1, partial: 'i|i|' }] }],
    ['graph-type', 'edges[0].value', { edges: [{ from: 'x', to: 1, value: '2' }] }],
    ['graph-type', 'edges[0].value', { edges: [{ from: 'x', to: 1, value: null }] }],
    ['graph-type', 'edges[0].class', { edges: [{ from: 'x', to: 1, class: 'unit' }] }],
    ['graph-type', 'edges[0].paper', { edges: [{ from: 'x', to: 1, paper: [1, 1, 1, 1] }] }],
    ['graph-type', 'edges[0].paper', { edges: [{ from: 'x', to: 1, paper: [99, 1, 1, 1, 1] }] }],
    ['graph-type', 'inputs', { inputs: 'x' }],
    ['graph-type', 'outputs[0]', { outputs: [true] }],
    ['graph-unknown-vertex', 'inputs[0]', { inputs: ['y'] }],
  ])('refuses with %s at %s: %j', (code, at, change) => {
    const error = failureOf(change);
    expect([error.code, error.at]).toEqual([code, at]);
    expect(error.message).not.toContain('\n');
    expect(error.message.length).toBeLessThan(300);
  });

  it('refuses a number beyond the range of doubles', () => {
    const text = JSON.stringify({ ...head, vertices: scalars, edges: scalarEdges });
    const error = failure(text.replace('"to":1', '"to":1,"value":1e999'));
    expect([error.code, error.at]).toEqual(['graph-type', 'edges[0].value']);
  });

  it('refuses a number beside values that are stored along indices', () => {
    const [first, second] = edges;
    const error = failure(
      JSON.stringify({ ...head, vertices, edges: [{ ...first, value: 2 }, second] }),
    );
    expect([error.code, error.at]).toEqual(['graph-value', 'edges[0].value']);
  });

  it('refuses index sizes that disagree with the shapes', () => {
    const [first] = edges;
    const error = failure(
      JSON.stringify({ ...head, vertices, edges: [first, { from: 1, to: 2, partial: 'i|i|i' }] }),
    );
    expect([error.code, error.at]).toEqual(['notation-size', 'edges[1].partial']);
  });

  it('never fails but with an error for people, whatever the JSON is', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('x', 1, 'i|i|i', [3], -1, 'general'));
    const vertex = fc.record({ id: field, kind: field, shape: field }, { requiredKeys: [] });
    const edge = fc.record(
      { from: field, to: field, partial: field, value: field, paper: field },
      { requiredKeys: [] },
    );
    const document = fc.record(
      { vertices: fc.array(vertex), edges: fc.array(edge), inputs: field, outputs: field },
      { requiredKeys: ['vertices', 'edges'] },
    );
    fc.assert(
      fc.property(document, (body) => {
        try {
          readGraph(JSON.stringify({ ...head, ...body }));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('writeGraph', () => {
  it('writes what reads back as the same graph', () => {
    fc.assert(
      fc.property(arbitraryGraph(8), (graph) => {
        const again = readGraph(writeGraph(graph));
        expect(canonicalForm(again)).toBe(canonicalForm(graph));
        expect(again).toEqual(graph);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('always writes the kind', () => {
    const text = writeGraph(
      readGraph(JSON.stringify({ ...head, vertices: scalars, edges: scalarEdges })),
    );
    expect(text.match(/"kind":"(input|intermediate|output)"/g)).toHaveLength(3);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('keeps windows, groups, deltas and codes', () => {
    const document = {
      ...head,
      vertices: [
        { id: 'x', kind: 'input', shape: [9] },
        { id: 1, kind: 'intermediate', shape: [3] },
        { id: 2, kind: 'intermediate', shape: [9] },
        { id: 3, kind: 'output', shape: [3, 3] },
      ],
      edges: [
        { from: 'x', to: 1, partial: 'i|i+2|' },
        { from: 1, to: 2, partial: 'i+0|i|' },
        { from: 2, to: 3, partial: 'ij|(ij)|', paper: [11, 3, 3, 9, 1] },
      ],
      inputs: ['x'],
      outputs: [3],
    };
    expect(JSON.parse(writeGraph(readGraph(JSON.stringify(document))))).toEqual(document);
  });
});
