/**
 * Bundle adjustment: cameras look at points, and each observation is a reprojection error of two
 * components (Snavely's camera model with one distortion coefficient, as in the BAL data sets of
 * Agarwal, Snavely, Seitz and Szeliski, Bundle adjustment in the large, ECCV 2010). A camera has 8
 * inputs: three angles, a translation, a focal length, a distortion; its rotation matrix is nine
 * intermediates that all its observations use, so they are hubs. A point has 3 inputs and is seen by
 * 4 cameras, chosen by the seed among those near it.
 */
import { scalarPartial, variable } from '../../graph/partial.ts';
import { createRandom } from '../../support/random.ts';
import type { FamilyEdge, FamilyVertex, GraphFamily } from './types.ts';

const viewsOfAPoint = 4;
const cameraInputs = 8;
const rotationEntries = 9;
const perCamera = cameraInputs + rotationEntries;
const pointInputs = 3;
/** Rotated and moved point (3), its projection (2), its radius, the distortion, two errors. */
const perView = 9;
const perPoint = pointInputs + viewsOfAPoint * perView;
/** Cameras from among which those of a point are chosen. */
const neighbourhood = 8;
/** Points a camera, about what the smaller BAL data sets have. */
const pointsACamera = 200;

const general = scalarPartial(variable);

const edge = (from: number, to: number): FamilyEdge => ({ from, to, partial: general });

function* cameraEdges(camera: number): Iterable<FamilyEdge> {
  const first = camera * perCamera;
  for (let entry = 0; entry < rotationEntries; entry += 1) {
    for (let angle = 0; angle < 3; angle += 1)
      yield edge(first + angle, first + cameraInputs + entry);
  }
}

/** One observation; `view` is the place of its first vertex. */
function* viewEdges(camera: number, point: number, view: number): Iterable<FamilyEdge> {
  const parameters = camera * perCamera;
  const [focal, distortion] = [parameters + 6, parameters + 7];
  const [x, y, z] = [view, view + 1, view + 2];
  const [u, v] = [view + 3, view + 4];
  const [radius, factor] = [view + 5, view + 6];
  for (let axis = 0; axis < 3; axis += 1) {
    for (let column = 0; column < 3; column += 1) {
      yield edge(parameters + cameraInputs + 3 * axis + column, view + axis);
      yield edge(point + column, view + axis);
    }
    yield edge(parameters + 3 + axis, view + axis);
  }
  for (const [from, to] of [
    [x, u],
    [z, u],
    [y, v],
    [z, v],
    [u, radius],
    [v, radius],
    [radius, factor],
    [distortion, factor],
  ] as const) {
    yield edge(from, to);
  }
  for (const [axis, coordinate] of [u, v].entries()) {
    for (const from of [focal, factor, coordinate]) yield edge(from, view + 7 + axis);
  }
}

function* viewVertices(): Iterable<FamilyVertex> {
  for (const op of ['move', 'move', 'move', 'div', 'div', 'radius', 'distort']) {
    yield { kind: 'intermediate', op };
  }
  for (let component = 0; component < 2; component += 1) yield { kind: 'output', op: 'error' };
}

/** The family. */
export const bundleAdjustment: GraphFamily = {
  name: 'bundle-adjustment',
  summary: 'reprojection errors of points that four cameras each see',
  standardVertices: 1_000_000,
  leastVertices: viewsOfAPoint * perCamera + perPoint,
  make: (count, seed) => {
    const cameras = Math.max(
      viewsOfAPoint,
      Math.floor(count / (perCamera + pointsACamera * perPoint)),
    );
    const points = Math.floor((count - cameras * perCamera) / perPoint);
    const firstPoint = cameras * perCamera;
    return {
      name: `bundle-adjustment-${cameras}x${points}-seed-${seed}`,
      *vertices() {
        for (let camera = 0; camera < cameras; camera += 1) {
          for (let input = 0; input < cameraInputs; input += 1) yield { kind: 'input' };
          for (let entry = 0; entry < rotationEntries; entry += 1) {
            yield { kind: 'intermediate', op: 'rotation' };
          }
        }
        for (let point = 0; point < points; point += 1) {
          for (let input = 0; input < pointInputs; input += 1) yield { kind: 'input' };
          for (let view = 0; view < viewsOfAPoint; view += 1) yield* viewVertices();
        }
      },
      *edges() {
        const random = createRandom(seed);
        for (let camera = 0; camera < cameras; camera += 1) yield* cameraEdges(camera);
        for (let point = 0; point < points; point += 1) {
          const place = firstPoint + point * perPoint;
          const near = Math.min(neighbourhood, cameras);
          const first = random.integer(cameras - near + 1);
          const seen = random.shuffle(Array.from({ length: near }, (_, other) => first + other));
          for (const [view, camera] of seen.slice(0, viewsOfAPoint).entries()) {
            yield* viewEdges(camera, place, place + pointInputs + view * perView);
          }
        }
      },
    };
  },
};
