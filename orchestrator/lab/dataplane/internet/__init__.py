"""The small internet that all networks of the lab share: names, addresses, and what answers behind them."""
