"""Speed and agreement, each against a named peer or a physical limit in the same run."""
