"""One file for each thing a person asks for; the order of things, and the details of none.

Each `run(...)` returns the process's exit status (see `exit_status`). Heavy packages (the SDKs, the compiler, the lab) are imported when they are needed.
"""
