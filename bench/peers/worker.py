"""The peers' side of `npm run peers`: a process that is told on standard input what to do and answers
on standard output, one JSON document a line.

  {"do": "load", "job": FILE}           compile all cells of a job -> {"cells": [{peer, ms, firstMs, jacobian | error}]}
  {"do": "sample", "peer": NAME}        one sample -> {"ns": nanoseconds a point}

A job has name, inputs, outputs, count, points (file of float64, [count][inputs]), checked (points whose
Jacobian is given back), jax, casadi, c (sources), cOutputs, folder (for what is compiled), graphax (orders as equation numbers by
name; empty where it can't be imported), equations (of the function).
"""

import ctypes
import json
import os
import subprocess
import sys
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402

TILE = 16
LEAST_SECONDS = 0.004

CASADI_LOOP = """
#include <stdlib.h>
void run(long count, long inputs, long entries, const double* x, double* y) {
  casadi_int args, results, integers, reals;
  derivative_work(&args, &results, &integers, &reals);
  const double** arg = malloc(sizeof(double*) * (args + 1));
  double** res = malloc(sizeof(double*) * (results + 1));
  casadi_int* iw = malloc(sizeof(casadi_int) * (integers + 1));
  double* w = malloc(sizeof(double) * (reals + 1));
  for (long p = 0; p < count; p += 1) {
    arg[0] = x + p * inputs;
    res[0] = y + p * entries;
    derivative(arg, res, iw, w, 0);
  }
  free(arg); free(res); free(iw); free(w);
}
"""


def function_of(source, module, **names):
    scope = {"m": module, **names}
    exec(source, scope)
    return scope["f"]


def compiled(folder, name, text, flags):
    source = os.path.join(folder, name + ".c")
    library = os.path.join(folder, name + ".so")
    with open(source, "w") as out:
        out.write(text)
    command = ["gcc", "-shared", "-fPIC", *flags, source, "-o", library, "-lm"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return ctypes.CDLL(library)


def pointer(array):
    return array.ctypes.data_as(ctypes.POINTER(ctypes.c_double))


class Cell:
    """Something that runs a batch, and its dense Jacobian at the first points."""

    def __init__(self, run, jacobian):
        self.run = run
        self.jacobian = jacobian


def jax_cells(job, x):
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as m
    from jax.scipy.special import erf

    f = function_of(job["jax"], m, erf=erf)
    inputs = job["inputs"]
    columns = [m.asarray(x[:, k]) for k in range(inputs)]

    def cell(mode):
        whole = jax.jit(jax.vmap(mode(f, argnums=tuple(range(inputs)))))

        def run():
            return jax.block_until_ready(whole(*columns))

        def jacobian(checked):
            rows = run()
            return np.stack([np.stack([np.asarray(e)[:checked] for e in row], -1) for row in rows], 1)

        return Cell(run, jacobian)

    return {"jax-jacrev": lambda: cell(jax.jacrev), "jax-jacfwd": lambda: cell(jax.jacfwd)}


def graphax_cells(job, x):
    if not job["graphax"]:
        return {}
    import graphax
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as m
    from jax.scipy.special import erf

    f = function_of(job["jax"], m, erf=erf)
    inputs = job["inputs"]
    columns = [m.asarray(x[:, k]) for k in range(inputs)]

    def cell(order):
        # Its vertices are the equations that JAX traces: they have to be those of our Program.
        traced = len(jax.make_jaxpr(f)(*[column[0] for column in columns]).eqns)
        if traced != job["equations"]:
            raise ValueError(f"JAX traces {traced} equations, not {job['equations']}: orders do not fit")
        whole = jax.jit(jax.vmap(graphax.jacve(f, order=order, argnums=tuple(range(inputs)))))

        def run():
            return jax.block_until_ready(whole(*columns))

        def jacobian(checked):
            rows = run()
            return np.stack(
                [np.stack([np.broadcast_to(np.asarray(e), job["count"])[:checked] for e in row], -1) for row in rows],
                1,
            )

        return Cell(run, jacobian)

    def maker(order):
        return lambda: cell(order)

    return {f"graphax {name}": maker(order) for name, order in job["graphax"].items()}


def casadi_cells(job, x):
    import casadi as m

    f = function_of(job["casadi"], m)
    inputs, outputs = job["inputs"], job["outputs"]
    symbol = m.SX.sym("x", inputs)
    values = m.vertcat(*f(*[symbol[k] for k in range(inputs)]))
    expression = m.jacobian(values, symbol)
    function = m.Function("derivative", [symbol], [expression])
    pattern = expression.sparsity()
    rows, columns = np.array(pattern.row()), np.array(pattern.get_col())
    entries = len(rows)

    def machine():
        mapped = function.map(job["count"])
        points = m.DM(x.T)

        def jacobian(checked):
            return np.stack([np.array(function(x[k]).full()) for k in range(checked)])

        return Cell(lambda: mapped(points), jacobian)

    def generated(name, flags):
        generator = m.CodeGenerator("derivative.c", {"with_header": False})
        generator.add(function)
        library = compiled(job["folder"], name, generator.dump() + CASADI_LOOP, flags)
        y = np.empty((job["count"], entries))
        count, n, nnz = (ctypes.c_long(k) for k in (job["count"], inputs, entries))

        def run():
            library.run(count, n, nnz, pointer(x), pointer(y))

        def jacobian(checked):
            run()
            dense = np.zeros((checked, outputs, inputs))
            dense[:, rows, columns] = y[:checked]
            return dense

        return Cell(run, jacobian)

    base = ["-O3", "-march=native"]
    return {
        "casadi-vm": machine,
        "casadi-c": lambda: generated("casadi", base),
        "casadi-c-fast": lambda: generated("casadi-fast", [*base, "-ffast-math"]),
    }


def gcc_cells(job, x):
    count, inputs, outputs = job["count"], job["inputs"], job["cOutputs"]
    tiles = -(-count // TILE)
    padded = np.resize(x, (tiles * TILE, inputs))
    packed = np.ascontiguousarray(padded.reshape(tiles, TILE, inputs).transpose(0, 2, 1))
    y = np.empty((tiles, outputs, TILE))

    def cell(name, flags):
        library = compiled(job["folder"], name, job["c"], ["-O3", "-ffast-math", *flags])

        def run():
            library.run(ctypes.c_long(tiles), pointer(packed), pointer(y))

        def compact(checked):
            run()
            return y.transpose(0, 2, 1).reshape(tiles * TILE, outputs)[:checked]

        return Cell(run, compact)

    native = ["-march=native"]
    narrow = "-mprefer-vector-width=128"
    return {
        "gcc-128": lambda: cell("gcc-128", [*native, narrow]),
        "gcc-128-unfused": lambda: cell("gcc-128-unfused", [*native, narrow, "-ffp-contract=off"]),
        "gcc-native": lambda: cell("gcc-native", [*native, "-mprefer-vector-width=512"]),
    }


class Worker:
    def __init__(self):
        self.cells = {}
        self.count = 1
        self.repeats = {}

    def load(self, path):
        with open(path) as file:
            job = json.load(file)
        self.count = job["count"]
        self.cells, self.repeats = {}, {}
        x = np.fromfile(job["points"], dtype=np.float64).reshape(job["count"], job["inputs"])
        makers = {}
        told = []
        for family in (jax_cells, graphax_cells, casadi_cells, gcc_cells):
            try:
                makers.update(family(job, x))
            except ImportError as error:
                told.append({"peer": family.__name__, "error": str(error)})
        for name, make in makers.items():
            began = time.perf_counter()
            try:
                cell = make()
                built = time.perf_counter()
                cell.run()
                first = time.perf_counter()
                jacobian = cell.jacobian(job["checked"])
            # Whatever a peer can't do is a failed row of that peer, with what it says.
            except Exception as error:
                lines = (getattr(error, "stderr", None) or f"{type(error).__name__}: {error}").splitlines()
                told.append({"peer": name, "error": next((line for line in lines if "error" in line), lines[-1])})
                continue
            self.cells[name] = cell
            self.repeats[name] = self.calibrate(cell)
            told.append(
                {
                    "peer": name,
                    "buildMs": (built - began) * 1e3,
                    "firstCallMs": (first - built) * 1e3,
                    "jacobian": np.asarray(jacobian).reshape(job["checked"], -1).tolist(),
                }
            )
        return {"cells": told}

    @staticmethod
    def calibrate(cell):
        began = time.perf_counter()
        runs = 0
        while runs < 3 or time.perf_counter() - began < 0.05:
            cell.run()
            runs += 1
        each = (time.perf_counter() - began) / runs
        return max(1, round(LEAST_SECONDS / each))

    def sample(self, peer):
        cell, repeats = self.cells[peer], self.repeats[peer]
        began = time.perf_counter_ns()
        for _ in range(repeats):
            cell.run()
        return {"ns": (time.perf_counter_ns() - began) / repeats / self.count}


def main():
    worker = Worker()
    for line in sys.stdin:
        told = json.loads(line)
        answer = worker.load(told["job"]) if told["do"] == "load" else worker.sample(told["peer"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
