"""The sandbox's own profile: what a reset keeps and what it renews."""

from __future__ import annotations

from pathlib import Path

from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox_profile import open_sandbox_world, reset_sandbox, settings_for


def test_a_configuration_that_a_reset_keeps_names_the_accounts_of_the_new_world(tmp_path: Path) -> None:
    world = open_sandbox_world(tmp_path)
    settings_for(tmp_path, world, "http://127.0.0.1:9")
    world.close()
    config = tmp_path / "config.yaml"
    config.write_text(config.read_text().replace("smallest_balance: 5.00", "smallest_balance: 7.00"))
    world = reset_sandbox(tmp_path)
    try:
        settings, known = settings_for(tmp_path, world, "http://127.0.0.1:9"), credentials(world)
        found = (settings.twilio.account_sid, settings.twilio.messaging_service_sid)
        assert found == (known["account_sid"], known["messaging_service_sid"])
        assert "smallest_balance: 7.00" in config.read_text()
    finally:
        world.close()
