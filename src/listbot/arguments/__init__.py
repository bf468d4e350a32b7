"""What each command understands on the command line, and the request that it becomes."""
