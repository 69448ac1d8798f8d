"""Compile, check, deploy and prove the egress of AKS topologies, on Azure or in a lab on this machine."""
