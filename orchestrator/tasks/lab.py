"""The lab: Azure on this machine."""

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from orchestrator.tasks.calling import ENV, run


@task(help={"pace": "seconds that each resource operation takes, so that progress can be watched"})
def up(_: Context, pace: str = "") -> None:
    """Start the lab: Azure on this machine. Other tasks start it by themselves: ./inv lab.up --pace 2"""
    run("lab", pace, function="up")


@task
def down(_: Context) -> None:
    """Stop the lab. What it holds stays."""
    run("lab", function="down")


@task(help={"json": "print JSON"})
def status(_: Context, json: bool = False) -> None:
    """Show whether the lab runs, where, for how long, and whether packets work here."""
    run("lab", function="status", as_json=json)


@task(name="env", help={"shell": "sh (the default), powershell or json"})
def lab_env(_: Context, shell: str = "sh") -> None:
    """Print the variables that point other programs at the lab: eval "$(./inv lab.env)" in a shell"""
    run("lab", shell, function="env")


@task(help={"lines": "how many"})
def log(_: Context, lines: str = "50") -> None:
    """Print the end of the lab's log."""
    run("lab", lines, function="log")


@task(name="firewall-log", help={"env": ENV, "json": "write the records to this file; - (the default) is stdout"})
def firewall_log(_: Context, env: str = "", json: str = "") -> None:
    """Export what the lab's firewalls logged, a JSON object a line: ./inv lab.firewall-log --env udr --json out/firewall.log"""
    run("firewall_log", env, json)


namespace = Collection("lab", up, down, status, lab_env, log, firewall_log)
