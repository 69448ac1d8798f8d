"""The tasks beside the main job's (those are in tasks.py): the Bicep language, the lab, this project's own development."""
