"""One module per line in the crontab, and the parts they share. Jobs take opened clients and return values."""
