"""Results as tables, JSON, CSV and HTML. Shows only what a result holds."""
