"""What AKS writes into every pod of a cluster with an HTTP proxy, as its admission webhook does: variables that name it, in both cases."""

from orchestrator.model.json_value import JsonObject

_NO_VARIABLES = "kubernetes.azure.com/no-http-proxy-vars"
_ALWAYS_PAST = ("localhost", "127.0.0.1", "168.63.129.16", "169.254.169.254")


def add_proxy_variables(pod: JsonObject, cluster: JsonObject) -> None:
    """Add them to each container that has none of that name; nothing where the cluster has no proxy, or the pod wants none."""
    config = cluster["properties"].get("httpProxyConfig") or {}
    refused = str((pod["metadata"].get("annotations") or {}).get(_NO_VARIABLES, "")).lower() == "true"
    if refused or config.get("enabled") is False or not (config.get("httpProxy") or config.get("httpsProxy")):
        return
    past = ",".join([*_ALWAYS_PAST, *config.get("noProxy", ()), str(cluster["properties"].get("fqdn", ""))]).strip(",")
    values = {"HTTP_PROXY": config.get("httpProxy"), "HTTPS_PROXY": config.get("httpsProxy"), "NO_PROXY": past}
    for container in pod["spec"]["containers"]:
        named = {variable["name"] for variable in container.get("env") or ()}
        added = [{"name": spelled, "value": str(value)} for name, value in values.items() if value for spelled in (name, name.lower()) if spelled not in named]
        container["env"] = [*(container.get("env") or ()), *added]
