// Arithmetic modulo the Mersenne prime 2^61 − 1 (src/compiled/field.ts).

export const MODULUS: u64 = 0x1fffffffffffffff;
const HALF: u64 = 0x0fffffffffffffff;

/** a·b from four products of 32-bit halves; 2^61 is 1, so 2^64 is 8. */
export function multiplyElements(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const low = a0 * b0;
  const middle = a0 * b1 + a1 * b0;
  const sum =
    (low & MODULUS) + (low >> 61) + ((middle << 32) & MODULUS) + (middle >> 29) + ((a1 * b1) << 3);
  const folded = (sum & MODULUS) + (sum >> 61);
  return folded >= MODULUS ? folded - MODULUS : folded;
}

export function addElements(a: u64, b: u64): u64 {
  const sum = a + b;
  return sum >= MODULUS ? sum - MODULUS : sum;
}

export function negateElement(a: u64): u64 {
  return a == 0 ? 0 : MODULUS - a;
}

/** Whether a, and not −a, stands for both. */
export function isCanonical(a: u64): bool {
  return a <= HALF;
}
