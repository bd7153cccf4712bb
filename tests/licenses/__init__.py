"""``make licenses``: write docs/third-party.md, what others have a right to in what we deliver.

The lock says what is pinned and who wants it; an installed library says its
own license; ``licenses.toml`` says what we accept, and what a library does not
say clearly enough by itself.
"""
