"""Random programs over the whole API: valid ones, and ones with a deliberate mistake.

`values.py` has what parameters are given, `expressions.py` the ways to write a value, `carriers.py` the ways to make a
call, `program.py` puts valid programs together, `mistakes.py` breaks them, and `usage.py` counts what was used.
"""
