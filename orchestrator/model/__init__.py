"""The words that all floors share: frozen values, no I/O, no Azure SDK."""
