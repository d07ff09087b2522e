"""The other side: a local NetSuite, Twilio and SendGrid with one small world of customers and invoices.

Written from the services' documents, never from our clients: it imports nothing of ours but `errors`.
"""
