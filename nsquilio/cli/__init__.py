"""What is typed: options, help and exit codes. Opens things through `app`, calls one job, shows its result."""
