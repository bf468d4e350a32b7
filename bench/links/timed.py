"""What a program costs as a whole: `python -I -S timed.py SECONDS OUT ERR PROGRAM ARGUMENTS...` -> one line of JSON.

A process of its own and a small one, because Linux counts the memory of whoever starts a program as the program's own
until it needs more. What is not over after SECONDS is killed, with all that it started.
"""

import json
import os
import signal
import sys
import time


def main() -> None:
    seconds, out, err, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, out, flags, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, err, flags, 0o644),
    ]
    started = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=files, setsid=True)
    for stop in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: os.killpg(pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    _, status, usage = os.wait4(pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0.0)
    cost = {
        "exit": os.waitstatus_to_exitcode(status),
        "wall": time.monotonic() - started,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    main()
