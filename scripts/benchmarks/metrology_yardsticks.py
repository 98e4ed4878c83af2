# SPDX-License-Identifier: Apache-2.0
"""What other tools take for the figures of the metrology engine, on one thread.

    metrology_yardsticks.py budget-numpy|budget-gtc|dispenser SECONDS
    metrology_yardsticks.py simulation REPETITIONS

Prints a line of JSON: `per_second`, or `seconds` (the fastest) and `peak_rss_mib`; with `result`, which the caller compares.
"""
import json
import math
import resource
import sys
import time
from decimal import Decimal

BLOCK = 20_000

# Estimate, standard uncertainty and degrees of freedom of the inputs in pressure_balance.json.
INF = math.inf
BALANCE = {
    "m": (10.00012, 0.000021, 50),
    "g": (9.8123402, 0.0000011, INF),
    "rhoa": (1.188, 0.012 / math.sqrt(3), INF),
    "rhom": (7920.0, 30 / math.sqrt(3), INF),
    "A0": (1.961278e-4, 1.1e-9, 20),
    "lam": (4.5e-12, 0.6e-12 / math.sqrt(3), INF),
    "alpha": (2.2e-5, 0.2e-5 / math.sqrt(3), INF),
    "t": (21.3, 0.06, 12),
    "dh": (0.012, 0.001 / math.sqrt(3), INF),
    "rhof": (914.0, 4 / math.sqrt(3), INF),
    "tilt": (0.0005, 0.0005 / math.sqrt(6), INF),
    "dp": (0.0, 2.4, 9),
}


def rate(work, seconds):
    """Runs work(), which returns how much it did, for a time; what it did a second."""
    work()
    count, start = 0, time.perf_counter()
    while True:
        count += work()
        took = time.perf_counter() - start
        if took >= seconds:
            return count / took


# ---- budgets -------------------------------------------------------------------------------------------------------


def budget_numpy(seconds):
    """Many budgets at once as columns; the derivatives were taken by hand, Student's quantile is SciPy's."""
    import numpy
    from scipy.special import stdtrit

    nominal = numpy.array([row[0] for row in BALANCE.values()])
    spread = numpy.array([row[1] for row in BALANCE.values()])
    freedom = numpy.array([row[2] for row in BALANCE.values()])
    shift = numpy.arange(BLOCK)

    def budgets():
        m, g, rhoa, rhom, area, lam, alpha, t, dh, rhof, tilt, dp = nominal[:, None]
        m = m * (1 + shift * 1e-9)
        stretch, heat = 1 + lam * 5e5, 1 + alpha * (t - 20)
        load = m * g * (1 - rhoa / rhom) * numpy.cos(tilt) / (area * stretch * heat)
        column = rhof - rhoa
        slopes = [
            load / m, load / g + column * dh, -load / (rhom - rhoa) - g * dh, load * rhoa / (rhom * (rhom - rhoa)),
            -load / area, -load * 5e5 / stretch, -load * (t - 20) / heat, -load * alpha / heat, column * g, g * dh,
            -load * numpy.tan(tilt), 1.0,
        ]  # fmt: skip
        uncertainties = numpy.repeat(spread[:, None], BLOCK, axis=1)
        uncertainties[-1] *= 1 + shift * 1e-6
        squares = numpy.empty_like(uncertainties)
        for row, slope in enumerate(slopes):
            squares[row] = (slope * uncertainties[row]) ** 2
        variance = squares.sum(axis=0)
        effective = variance**2 / (squares**2 / freedom[:, None]).sum(axis=0)
        factor = stdtrit(numpy.floor(effective), 0.975)
        combined = numpy.sqrt(variance)
        return load + column * g * dh + dp, combined, effective, factor, factor * combined

    def work():
        budgets()
        return BLOCK

    return {"per_second": rate(work, seconds), "result": [float(found[0]) for found in budgets()]}


def budget_gtc(seconds):
    """One budget after the other with GTC, the calculator of the Measurement Standards Laboratory of New Zealand."""
    from GTC import cos, dof, reporting, uncertainty, ureal, value

    def budget():
        inputs = (ureal(*row) for row in BALANCE.values())
        m, g, rhoa, rhom, area, lam, alpha, t, dh, rhof, tilt, dp = inputs
        load = m * g * (1 - rhoa / rhom) * cos(tilt) / (area * (1 + lam * 5e5) * (1 + alpha * (t - 20)))
        p = load + (rhof - rhoa) * g * dh + dp
        factor = reporting.k_factor(math.floor(dof(p)), 95)
        return value(p), uncertainty(p), dof(p), factor, factor * uncertainty(p)

    def work():
        for _ in range(50):
            budget()
        return 50

    return {"per_second": rate(work, seconds), "result": list(budget())}


# ---- Monte Carlo ---------------------------------------------------------------------------------------------------


def simulation(repetitions, trials=1_000_000, part=0.95):
    """The model of six_inputs.json with numpy: mean, standard deviation, symmetric and shortest interval."""
    import numpy

    def run(generator):
        x1 = generator.normal(10.0, 0.15, trials)
        x2 = generator.uniform(0.29, 0.41, trials)
        x3 = generator.triangular(1.6, 2.0, 2.4, trials)
        x4 = generator.normal(1.2, 0.05, trials)
        x5 = 4.0 + 0.10 * generator.standard_t(8, trials)
        x6 = 0.5 + 0.2 * numpy.sin(generator.uniform(-math.pi, math.pi, trials))
        y = x1 * numpy.exp(-x2) * numpy.sqrt(x3) + x4 * x4 / x5 - numpy.sin(x6)
        mean, deviation = y.mean(), y.std(ddof=1)
        y.sort()
        inside = int(part * trials)
        low = (trials - inside) // 2
        start = int(numpy.argmin(y[inside:] - y[:-inside]))
        return [float(found) for found in (mean, deviation, y[low], y[low + inside], y[start], y[start + inside])]

    fastest, result = INF, []
    for repetition in range(int(repetitions)):
        start = time.perf_counter()
        result = run(numpy.random.default_rng(repetition))
        fastest = min(fastest, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": fastest, "peak_rss_mib": peak, "result": result}


# ---- dispensers ----------------------------------------------------------------------------------------------------

# The first worked example of config/procedures/dlvn-10-2017.yaml: point, indicated, reference, then what else was read.
DELIVERIES = [
    ("qmax", "20.06", "20.00", {"time": "36", "temperature": "30", "unit_price": "18870", "price": "378532"}),
    ("qmax", "20.04", "20.00", {"time": "60"}),
    ("qmin", "20.00", "20.01", {}),
    ("qmin", "20.00", "20.00", {}),
    ("vmin", "2.00", "2.01", {}),
]
CERTIFICATE = {"expanded_uncertainty": "0.006", "coverage_factor": "2", "expansion": "0.0000477"}
LIMITS = {"qmax": Decimal("0.3"), "qmin": Decimal("0.3"), "vmin": Decimal(1)}
PRICES = [(Decimal(10000), 100), (Decimal(20000), 200), (Decimal(1000000), 300)]


def deliveries():
    """The same results, written out for this one procedure with Python's decimals: no units, no checks by eye, no words."""
    hundred, flow_limit = Decimal(100), Decimal("0.5") * Decimal("40")
    expansion = Decimal(CERTIFICATE["expansion"])
    certified = float(CERTIFICATE["expanded_uncertainty"]) / float(CERTIFICATE["coverage_factor"])
    read = [(point, Decimal(shown), Decimal(true), more) for point, shown, true, more in DELIVERIES]
    results = []
    for point, shown, true, more in read:
        error = (shown - true) / true * hundred
        differences = [float(row[1] - row[2]) for row in read if row[0] == point]
        spread = 0.0
        if len(differences) > 1:
            mean = sum(differences) / len(differences)
            spread = math.sqrt(sum((one - mean) ** 2 for one in differences) / (len(differences) - 1))
        parts = [certified, 0.0025 / math.sqrt(3), 0.005 / math.sqrt(3), spread]
        expanded = 2 * 100 / float(true) * math.sqrt(sum(part * part for part in parts))
        digits = Decimal(1).scaleb(math.floor(math.log10(expanded)) - 1)
        stated = Decimal(repr(expanded)).quantize(digits)
        results.append((error.quantize(Decimal("0.0001")), stated, abs(error) <= LIMITS[point]))
        if "temperature" in more:
            corrected = true * (1 + expansion * (Decimal(more["temperature"]) - 20))
            results.append(((shown - corrected) / corrected * hundred).quantize(Decimal("0.0001")))
        if "time" in more:
            flow = shown / Decimal(more["time"]) * 60
            results.append((flow.quantize(Decimal("0.1")), flow >= flow_limit))
        if "price" in more:
            unit_price = Decimal(more["unit_price"])
            difference = Decimal(more["price"]) - unit_price * shown
            permitted = next(limit for bound, limit in PRICES if unit_price <= bound)
            results.append((difference.quantize(Decimal(1)), abs(difference) <= permitted))
    for point in ("qmax", "qmin"):
        own = [row for row in read if row[0] == point]
        true = sum(row[2] for row in own)
        results.append(((sum(row[1] for row in own) - true) / true * hundred).quantize(Decimal("0.0001")))
    return results


def dispenser(seconds):
    def work():
        for _ in range(100):
            deliveries()
        return 100

    return {"per_second": rate(work, seconds), "result": [str(found) for found in deliveries()]}


FIGURES = {
    "budget-numpy": budget_numpy,
    "budget-gtc": budget_gtc,
    "simulation": simulation,
    "dispenser": dispenser,
}

if len(sys.argv) != 3 or sys.argv[1] not in FIGURES:
    sys.exit(__doc__)
print(json.dumps(FIGURES[sys.argv[1]](float(sys.argv[2]))))
