"""The clients of NetSuite, Twilio and SendGrid: the only place that speaks HTTP.

They take values and return values. They print nothing and know neither configuration nor state file.
"""
