"""The network model and its traced flows as a map: places, and the paths between them."""
