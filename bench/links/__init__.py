"""The links of a list, checked against a web of our own: `python -m bench.links`, described in `__main__`.

Everything is on loopback: each host of this web has an address 127.1.x.y of its own (so every client takes it for a
host, without DNS), and all have one port. How an address answers stands in its path.
"""
