"""Probes: a script that runs in the cluster, and a parser of what it prints. No I/O here."""
