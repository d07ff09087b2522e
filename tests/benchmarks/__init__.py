"""Budgets of the specification, measured as ratios against a bare loop that does the same requests in the same run."""
