"""Looking back on a session: what came to light, where it turned, how it was heard, one thing to try."""
