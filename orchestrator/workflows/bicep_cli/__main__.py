"""`python -m orchestrator.workflows.bicep_cli ARGUMENTS`."""

import os
import sys

from orchestrator.workflows.bicep_cli.dispatch import run

status = run(sys.argv[1:])
sys.stdout.flush()
sys.stderr.flush()
os._exit(status)  # nothing is left to do, and taking a compiler's memory apart object by object is a tenth of a small compilation's time
