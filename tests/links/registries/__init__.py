"""Impostors of the registries: what each is documented to answer, what it refuses, and a record of who asked for what.

They know nothing of listbot. `Impostor.answer` is a function from a request to an answer, so that the same impostor
stands behind a socket (`page`, for the zoo) and on an event loop whose time jumps (`virtual_answer`). What a client
may not do (too many ids at a time, too soon after one another, a key shown to a stranger) is refused as documented and
written to `misdeeds`, which a test expects to be empty.
"""
