"""What can be said of a firewall's rules without any flow, one rule of the lint a file. To add one: a file with a RULE, and its name in `registry`."""
