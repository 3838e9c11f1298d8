/** Where a result stands below the store's folder; the same on every machine and in a page. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

import type { ResultFile } from './types.ts';

/**
 * A name as one part of a path: letters, digits, `-`, `_` and inner dots stay, everything else is
 * percent-encoded; a long name is cut and told apart by its hash.
 */
export function pathPart(name: string): string {
  const safe = [...new TextEncoder().encode(name)]
    .map((byte, index) => {
      const letter = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(letter) || (letter === '.' && index > 0)
        ? letter
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  if (safe === '') return '%';
  return safe.length <= 100 ? safe : `${safe.slice(0, 80)}-${shortHash(name)}`;
}

/** The first 12 hexadecimal digits of SHA-256. */
export function shortHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 12);
}

/**
 * Path of a result below the store's folder. Equal findings with equal bounds have equal paths; of a proof
 * whose evaluations were limited the limit counts, since who goes on with a set looks for it. Limits of time
 * do not: what was found in one is found in another by chance.
 */
export function resultPath(result: ResultFile): string {
  const { subject, graphHash, cost, granularity, order, count, strategy, seed, bound } = result;
  const facts = [subject, graphHash, cost, granularity, order, count, strategy, seed];
  const bounds = bound === undefined ? [] : [bound.lower, bound.method];
  const { evaluations, seed: ofProof } = bound?.proof ?? {};
  const limit = evaluations === undefined ? [] : [evaluations, ofProof];
  const hash = shortHash(JSON.stringify([...facts, ...bounds, ...limit]));
  return `${pathPart(subject)}/${pathPart(cost)}-${granularity}-${hash}.json`;
}
