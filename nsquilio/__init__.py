"""Invoice reminders from Oracle NetSuite through Twilio, and the answers back onto the invoice."""

__version__ = "0.1.0"
