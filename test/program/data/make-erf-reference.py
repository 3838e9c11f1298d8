"""Reference values of erf and erfc to 60 digits, as pairs of doubles that sum to 106 bits.

Run: pip install mpmath && python3 make-erf-reference.py > erf-reference.json && npx prettier --write erf-reference.json
Each row: [x, erf, rest of erf, erfc, rest of erfc].
"""

import json
import random

import mpmath

mpmath.mp.dps = 60
random.seed(20240614)
points = [0.0, 5e-324, -5e-324, 1e-310, 2.0**-1022, 1e-290, 2.0**-60, 1e-17, 1e-9, 1e-4]
points += [0.25, 0.84375, 1.0, 1.25, 1 / 0.35, 6.0, 26.5, 26.6, 27.0, 27.2, 27.22, -6.0, -30.0, 28.0]
for low, high, count in [
    (0, 0.25, 30), (0.25, 0.84375, 50), (0.84375, 1.25, 50), (1.25, 1.6, 40), (1.6, 2.857, 30),
    (2.857, 6, 20), (6, 26.5, 30), (26.5, 27.23, 15), (-1.25, 0, 20), (-6, -1.25, 20),
]:
    points += [random.uniform(low, high) for _ in range(count)]


def pair(value):
    lead = float(value)
    return [lead, float(value - mpmath.mpf(lead))]


rows = [[x, *pair(mpmath.erf(mpmath.mpf(x))), *pair(mpmath.erfc(mpmath.mpf(x)))] for x in points]
print("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]")
