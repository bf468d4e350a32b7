"""A GitHub of our own for the tests: real HTTP on loopback, held against GitHub's published descriptions.

The parts, from the ground up:

- `npm` installs GitHub's published descriptions and the tools of other people, once, into a folder that git ignores;
- `description` trims GitHub's OpenAPI description to what is served here; `contract` holds every request and every
  answer against it; `skeletons` makes answers of the described shape;
- `world` is the state, kept in `records`: repositories, commits that are git's own (`objects`), pull requests (`pull`),
  comments; `patches` makes git's patches of it;
- `routes` answers with what `bodies` writes, `graphql` answers the other half of the API, `faults` makes it go wrong as
  GitHub goes wrong;
- `forge` ties these together behind the sockets of `server`; `events` writes the payloads that start a workflow;
- `prism`, `act` and `toolkit` run what other people wrote: a validating proxy, the engine of Actions, GitHub's toolkit;
- `plugin` has the fixtures.
"""
