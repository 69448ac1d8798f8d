"""What leaves a cluster: network view, checks, expectations, probes, verification."""
