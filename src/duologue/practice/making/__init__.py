"""Scenarios of one's own: from a template or a real review, and the check of what is wrong with one."""
