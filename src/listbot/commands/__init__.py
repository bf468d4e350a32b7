"""What each command loads, calls and prints. The command line only parses; these compose."""
