"""From a recording to a conversation. `listen(path)` is the whole way; each stage is a file (see `base.py`)."""
