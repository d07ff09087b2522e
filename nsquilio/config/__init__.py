"""The configuration file as frozen settings, or all its problems at once.

Importing this loads no YAML library; reading a file does.
"""

from nsquilio.config.load import find_config, load_config
from nsquilio.config.settings import Settings

__all__ = ["Settings", "find_config", "load_config"]
