"""Models as ARM JSON: templates and parameter files."""
