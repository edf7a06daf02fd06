"""From corpus to weights. Needs the `training` extra (torch); nothing here is imported at run time."""
