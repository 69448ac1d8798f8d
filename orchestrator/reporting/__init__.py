"""Renders model values; the only printer."""
