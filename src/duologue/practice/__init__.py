"""Practice: a partner who opens up when heard and closes when pitched, and a debrief after every session."""
