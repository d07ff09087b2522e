"""What to click in NetSuite, in words: features, role, integration record, certificate.

The names of pages and permissions are NetSuite's (facts/netsuite.md, 1.6 and 2.6).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

PERMISSIONS = (
    ("Setup", "Log in using OAuth 2.0 Access Tokens", "Full"),
    ("Setup", "REST Web Services", "Full"),
    ("Reports", "SuiteAnalytics Workbook", "Edit"),
    ("Transactions", "Find Transaction", "View"),
    ("Transactions", "Invoice", "View"),
    ("Transactions", "Customer Payment", "View"),
    ("Transactions", "Credit Memo", "View"),
    ("Transactions", "Customer Deposit", "View"),
    ("Lists", "Customers", "Edit (to tick the opt-out box; else View)"),
    ("Lists", "Contacts", "View"),
    ("Lists", "Currency", "View (with several currencies)"),
    ("Lists", "Subsidiaries", "View (OneWorld)"),
    ("Custom Record", "nsquilio Communication", "Edit"),
)


def first_certificate(certificate: Path, until: datetime, command: str) -> str:
    """After the first key pair was made. `command`: how nsquilio is called here."""
    permissions = "\n".join(f"       {tab} > {name}: {level}" for tab, name, level in PERMISSIONS)
    return f"""\
The private key is in the credential store. The certificate to upload is
  {certificate}   (good until {until:%Y-%m-%d})

In NetSuite, as an administrator:
  1. Setup > Company > Enable Features > SuiteCloud: Client SuiteScript, Server SuiteScript, REST Web
     Services, OAuth 2.0; on the tab Analytics: SuiteAnalytics Workbook.
  2. Deploy the project that `{command} init --netsuite-project DIR` writes out: the record type
     and a role. Without it, give a role of your own these permissions (never use Administrator):
{permissions}
     Assign the role to one employee.
  3. Setup > Integration > Manage Integrations > New: State Enabled; tick Client Credentials (Machine to
     Machine) Grant and the scope REST Web Services; untick Token-Based Authentication and Authorization
     Code Grant. Save. The Client ID is shown this once:
       {command} credentials set netsuite.client_id
  4. Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup > Create New:
     choose the employee, the role and the integration, and upload the certificate. The row shows its
     Certificate ID:
       {command} credentials set netsuite.certificate_id

Then: {command} credentials test
"""


def next_certificate(certificate: Path, until: datetime, command: str) -> str:
    """After a second key pair was made beside the one in use."""
    return f"""\
A second private key is in the credential store, beside the one in use. The certificate to upload is
  {certificate}   (good until {until:%Y-%m-%d})

  1. NetSuite: Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup >
     Create New, with the same employee, role and integration as the present one; upload the certificate.
  2. Its row shows the new Certificate ID: {command} credentials set netsuite.certificate_id.next
  3. {command} credentials test --next
  4. {command} credentials promote
  5. Revoke the old row in NetSuite.

Until step 4 everything runs with the present certificate.
"""
