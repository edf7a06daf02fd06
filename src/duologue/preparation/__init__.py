"""Before the call: what stands behind one's claims (`ladder`), and being asked about them (`drill`).

a feature list ── source, claims, cues ──► Ladder (YAML) ── page ──► a person
                                              │
                        bank, schedule ──► an exam by text ── judging ──► what was found, with its words
"""
