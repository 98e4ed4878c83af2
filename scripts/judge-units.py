# SPDX-License-Identifier: Apache-2.0
"""Judges names of units by PTB's dsiUnits.

Reads lines "name<TAB>name of the coherent unit" and answers each with
"ok|bad<TAB>foreign|known<TAB>factor to the coherent unit or -<TAB>warnings".
"""

import sys
import warnings

from dsi_unit import DsiUnit

warnings.simplefilter("ignore")
for line in sys.stdin:
    name, coherent = line.rstrip("\n").split("\t")
    unit = DsiUnit(name)
    factor = "-"
    if unit.valid and not unit.non_dsi_unit:
        try:
            factor = repr(float(DsiUnit(coherent).get_scale_factor(unit)))
        except (ValueError, RuntimeError, TypeError):
            pass
    words = ("ok" if unit.valid else "bad", "foreign" if unit.non_dsi_unit else "known", factor, "; ".join(map(str, unit.warnings)))
    print("\t".join(words))
