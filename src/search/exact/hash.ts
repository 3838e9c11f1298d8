/**
 * A 128-bit hash of a list of words: MurmurHash3_x86_128 (Austin Appleby, public domain), four words
 * a step, two multiplications a word. Not against adversaries: states of a search are none.
 */
import { at } from './words.ts';

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The last step: every bit of a lane has an influence on all its bits. */
function finish(lane: number): number {
  let h = lane ^ (lane >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Hashes the first `length` words of a list.
 * @param words with at least three free places after `length`; they are set to 0
 * @param hash where the four words of the result go
 */
export function hash128(words: Int32Array, length: number, hash: Int32Array): void {
  words.fill(0, length, length + 3);
  let h1 = 0x5bd1e995;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  for (let index = 0; index < length; index += 4) {
    let k = Math.imul(at(words, index), 0x239b961b);
    h1 ^= Math.imul(rotate(k, 15), 0xab0e9789);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    k = Math.imul(at(words, index + 1), 0xab0e9789);
    h2 ^= Math.imul(rotate(k, 16), 0x38b34ae5);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    k = Math.imul(at(words, index + 2), 0x38b34ae5);
    h3 ^= Math.imul(rotate(k, 17), 0xa1e38b93);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    k = Math.imul(at(words, index + 3), 0xa1e38b93);
    h4 ^= Math.imul(rotate(k, 18), 0x239b961b);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finish(h1);
  h2 = finish(h2);
  h3 = finish(h3);
  h4 = finish(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  hash[0] = h1;
  hash[1] = (h2 + h1) | 0;
  hash[2] = (h3 + h1) | 0;
  hash[3] = (h4 + h1) | 0;
}
