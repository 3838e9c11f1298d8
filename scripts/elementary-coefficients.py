"""Makes src/compile/lanes/functions/coefficients.ts: minimax polynomials and split constants.

    python3 scripts/elementary-coefficients.py        (needs mpmath; tested with 1.3.0)

Polynomials are found by Remez' second algorithm (Remez 1934; Muller, Elementary Functions, 2016,
chapter 3) in 60 digits: the polynomial P of given degree with the least largest |w(x)(P(x) - f(x))|,
where w makes it the relative error of the function that is built from P. Then every coefficient is
rounded to the precision; the error after rounding, which stands beside it, is what is reached.
"""

from pathlib import Path
from mpmath import mp, mpf, lu_solve, matrix, cos as mcos, pi

mp.dps = 60
OUT = Path(__file__).parent.parent / "src/compile/lanes/functions/coefficients.ts"
BITS = {"f64": 53, "f32": 24}


def rounded(x, bits):
    """x to `bits` bits, to nearest."""
    if x == 0:
        return mpf(0)
    with mp.workprec(bits):
        return +mpf(x)


def remez(f, w, a, b, degree):
    """Coefficients of the minimax polynomial and the sampled (x, f, w)."""
    a, b = mpf(a), mpf(b)
    n = degree + 2
    count = 24 * n
    grid = [(a + b) / 2 - (b - a) / 2 * mcos(pi * k / count) for k in range(count + 1)]
    samples = [(x, f(x), w(x)) for x in grid]
    # Chebyshev points are evenly spread places of the cosine-spaced grid.
    places = [round(count * k / (n - 1)) for k in range(n)]
    for _ in range(30):
        A = matrix(n, n)
        rhs = matrix(n, 1)
        for row, place in enumerate(places):
            x, fx, wx = samples[place]
            for power in range(degree + 1):
                A[row, power] = x**power
            A[row, degree + 1] = (-1) ** row / wx
            rhs[row] = fx
        solution = lu_solve(A, rhs)
        coefficients = [solution[k] for k in range(degree + 1)]
        errors = [wx * (value(coefficients, x) - fx) for x, fx, wx in samples]
        # One extremum for each run of equal sign.
        runs = []
        for place, error in enumerate(errors):
            if runs and (errors[runs[-1]] > 0) == (error > 0):
                if abs(error) > abs(errors[runs[-1]]):
                    runs[-1] = place
            else:
                runs.append(place)
        while len(runs) > n:
            runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
        if len(runs) < n or runs == places:
            break
        places = runs
    return coefficients, samples


def value(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def integer_of(x):
    return int(mp.nint(x))


lines = []


def number(x):
    text = repr(float(x))
    return text[:-2] if text.endswith(".0") else text


def emit_constant(name, comment, f64, f32):
    lines.append(f"/** {comment} */")
    lines.append(f"export const {name} = {{")
    for precision, values in (("f64", f64), ("f32", f32)):
        lines.append(f"  {precision}: [{', '.join(number(v) for v in values)}],")
    lines.append("} as const;\n")


def polynomial(name, comment, f, w, interval, degrees):
    lines.append("/**\n * " + comment)
    out = []
    for precision, degree in degrees.items():
        a, b = interval[precision] if isinstance(interval, dict) else interval
        coefficients, samples = remez(f, w, a, b, degree)
        exact = max(abs(wx * (value(coefficients, x) - fx)) for x, fx, wx in samples)
        short = [rounded(c, BITS[precision]) for c in coefficients]
        error = max(abs(wx * (value(short, x) - fx)) for x, fx, wx in samples)
        note = f"{precision}: degree {degree}, error 2^{float(mp.log(error, 2)):.1f}"
        lines.append(f" * {note}" + ("." if precision == "f32" else ";"))
        print(name, note, f"before rounding 2^{float(mp.log(exact, 2)):.1f}", flush=True)
        out.append((precision, short))
    lines.append(" */")
    lines.append(f"export const {name} = {{")
    for precision, short in out:
        lines.append(f"  {precision}: [{', '.join(number(c) for c in short)}],")
    lines.append("} as const;\n")


def near_zero(direct, limit):
    """direct(x), and its limit at 0; 60 digits carry the cancellation elsewhere."""
    return lambda x: mpf(limit) if abs(x) < mpf(10) ** -12 else direct(x)


def split(x, *bits):
    """x as a sum of numbers of so many bits, rounded down but the last."""
    parts = []
    for count in bits[:-1]:
        part = rounded(x, count)
        parts.append(part)
        x -= part
    return parts + [rounded(x, bits[-1])]


half_pi = pi / 2
ln2 = mp.log(2)
root_pi = mp.sqrt(pi)
quarter = (pi / 4 * mpf("1.0001")) ** 2
reduced = ln2 / 2 * mpf("1.0001")
atanh_limit = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2 * mpf("1.0001")

lines.append("/**")
lines.append(" * Minimax polynomials and split constants of the elementary functions, made by")
lines.append(" * scripts/elementary-coefficients.py; lowest coefficient first. Errors are relative errors of the")
lines.append(" * function that is built from the polynomial, as its file says.")
lines.append(" */\n")

emit_constant("HALF_PI_FUSED", "π/2 = c₀ + c₁: c₀ of all bits, exact in a fused reduction.",
              split(half_pi, 53, 53), split(half_pi, 24, 24))
emit_constant("HALF_PI_PARTS", "π/2 in parts whose products with small integers are exact.",
              split(half_pi, 33, 53), split(half_pi, 11, 11, 24))
emit_constant("PI_PARTS", "π = c₀ + c₁.", split(pi, 53, 53), split(pi, 24, 24))
emit_constant("LN2_PARTS", "ln 2 = c₀ + c₁: products of c₀ with exponents are exact.",
              split(ln2, 42, 53), split(ln2, 15, 24))
emit_constant("LN2_FULL", "ln 2 = c₀ + c₁, both of all bits.", split(ln2, 53, 53), split(ln2, 24, 24))
emit_constant("LOG2_E", "1 / ln 2 = c₀ + c₁; c₀ of half the bits.",
              split(1 / ln2, 26, 53), split(1 / ln2, 12, 24))
emit_constant("LOG10_E", "1 / ln 10 = c₀ + c₁; c₀ of half the bits.",
              split(1 / mp.log(10), 26, 53), split(1 / mp.log(10), 12, 24))
emit_constant("LOG10_2", "log₁₀ 2 = c₀ + c₁: products of c₀ with exponents are exact.",
              split(mp.log10(2), 42, 53), split(mp.log10(2), 15, 24))
emit_constant("TWO_THIRDS", "2/3 = c₀ + c₁.", split(mpf(2) / 3, 53, 53), split(mpf(2) / 3, 24, 24))

polynomial("SINE", "sin r = r + r³·P(r²), |r| ≤ π/4;",
           near_zero(lambda s: (mp.sin(mp.sqrt(s)) / mp.sqrt(s) - 1) / s, mpf(-1) / 6),
           lambda s: s * mp.sqrt(s) / mp.sin(mp.sqrt(s)) if s > 0 else mpf(10) ** -20,
           (0, quarter), {"f64": 5, "f32": 2})
polynomial("COSINE", "cos r = 1 − r²/2 + r⁴·P(r²), |r| ≤ π/4;",
           near_zero(lambda s: (mp.cos(mp.sqrt(s)) - 1 + s / 2) / s**2, mpf(1) / 24),
           lambda s: s**2 / mp.cos(mp.sqrt(s)) if s > 0 else mpf(10) ** -20,
           (0, quarter), {"f64": 5, "f32": 2})
polynomial("EXPONENTIAL", "exp r = 1 + r + r²·P(r), |r| ≤ ln(2)/2;",
           near_zero(lambda r: (mp.expm1(r) - r) / r**2, mpf(1) / 2),
           lambda r: max(r**2 / mp.exp(r), mpf(10) ** -20),
           (-reduced, reduced), {"f64": 9, "f32": 4})
polynomial("EXPONENTIAL_LESS_ONE", "exp r − 1 = r + r²·P(r), |r| ≤ ln(2)/2;",
           near_zero(lambda r: (mp.expm1(r) - r) / r**2, mpf(1) / 2),
           lambda r: abs(r**2 / mp.expm1(r)) if abs(r) > mpf(10) ** -12 else mpf(10) ** -12,
           (-reduced, reduced), {"f64": 10, "f32": 5})
atanh_tail = lambda z: 2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z)
polynomial("LOGARITHM", "log((1 + s)/(1 − s)) = 2s + s³·P(s²), |s| ≤ 3 − √8;",
           near_zero(lambda z: (atanh_tail(z) - 2) / z, mpf(2) / 3),
           lambda z: max(z / 2, mpf(10) ** -20), (0, atanh_limit), {"f64": 6, "f32": 3})
polynomial("LOGARITHM_TAIL", "log((1 + s)/(1 − s)) = 2s + 2/3·s³ + s⁵·P(s²), |s| ≤ 3 − √8;",
           near_zero(lambda z: (atanh_tail(z) - 2 - 2 * z / 3) / z**2, mpf(2) / 5),
           lambda z: z**2 / 2 if z > 0 else mpf(10) ** -20, (0, atanh_limit), {"f64": 7, "f32": 3})
polynomial("ARCTANGENT", "atan t = t + t³·P(t²), |t| ≤ 1;",
           near_zero(lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, mpf(-1) / 3),
           lambda z: z * mp.sqrt(z) / mp.atan(mp.sqrt(z)) if z > 0 else mpf(10) ** -20,
           (0, 1), {"f64": 19, "f32": 8})
polynomial("ARCSINE", "asin x = x + x³·P(x²), |x| ≤ 1/2;",
           near_zero(lambda z: (mp.asin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, mpf(1) / 6),
           lambda z: z * mp.sqrt(z) / mp.asin(mp.sqrt(z)) if z > 0 else mpf(10) ** -20,
           (0, mpf(1) / 4), {"f64": 11, "f32": 4})
polynomial("HYPERBOLIC_SINE", "sinh x = x + x³·P(x²), |x| ≤ 1;",
           near_zero(lambda z: (mp.sinh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, mpf(1) / 6),
           lambda z: z * mp.sqrt(z) / mp.sinh(mp.sqrt(z)) if z > 0 else mpf(10) ** -20,
           (0, mpf("1.0001")), {"f64": 6, "f32": 3})
polynomial("ERROR_FUNCTION", "erf x = x + x·P(x²), |x| ≤ 0.5;",
           near_zero(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, 2 / root_pi - 1),
           lambda z: mp.sqrt(z) / mp.erf(mp.sqrt(z)) if z > 0 else root_pi / 2,
           (0, mpf("0.2501")), {"f64": 9, "f32": 4})
K = {"f64": mpf("3.75"), "f32": mpf("2")}


def scaled_complement(k):
    def f(t):
        x = k * (1 + t) / (1 - t)
        return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x) - 1

    return f


def complement_interval(k, a, b):
    return ((a - k) / (a + k), (b - k) / (b + k))


for precision, degree, top in (("f64", 21, mpf("27.3")), ("f32", 9, mpf("10.1"))):
    k = K[precision]
    polynomial(f"ERROR_COMPLEMENT_{precision.upper()}",
               f"(1 + 2x)·exp(x²)·erfc x = 1 + P(t), t = (x − k)/(x + k), k = {float(k)}, 0.5 ≤ x ≤ {float(top)};",
               scaled_complement(k), lambda t: mpf(1),
               complement_interval(k, mpf("0.499"), top), {precision: degree})
polynomial("INVERSE_CUBE_ROOT", "m^(−1/3) = P(m), 1 ≤ m ≤ 2;",
           lambda m: mp.cbrt(1 / m), lambda m: mp.cbrt(m), (1, 2), {"f64": 5, "f32": 3})
lines.append("/** The first 1280 bits of 2/π after the binary point. */")
digits = integer_of(mpf(0))
with mp.workprec(1400):
    digits = int(mp.floor(2 / +mp.pi * mpf(2) ** 1280))
text = f"{digits:0320x}"
lines.append("export const TWO_OVER_PI_BITS = BigInt(\n  '0x" + text[:80] + "' +")
for k in range(80, 320, 80):
    lines.append("    '" + text[k:k + 80] + ("' +" if k < 240 else "',"))
lines.append(");")
OUT.write_text("\n".join(lines) + "\n")
