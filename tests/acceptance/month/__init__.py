"""A simulated month: many people in many zones over changes of their clocks, with a clock that only moves when told.

``python -m tests.acceptance.month --subscribers 1000 --days 31 --seed 7`` runs it by hand; test_month.py in short.
"""
