"""The fault harness: real processes and a Bot API over HTTP, in which everything goes wrong that can.

``python -m tests.acceptance.harness --seconds 1200 --seed 7`` runs it by hand; test_harness.py runs it in short.
"""
