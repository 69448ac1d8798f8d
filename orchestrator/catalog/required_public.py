"""What an AKS cluster has to reach in Azure's public cloud, row by row as the page says it.

The phases are judged from the nodes' start scripts (Azure/AgentBaker): 50 is their own outbound check against the registry, 51 the API server (52 and 53
where its name is not resolved), 41 the download of the network plugins where the image lacks them.
"""

from orchestrator.catalog.required_endpoint import RequiredEndpoint, boot, boot_if_not_cached, http, https, optional

_BASE = (
    boot(https("base", "*.hcp.{location}.azmk8s.io", "nodes talk to the API server; not for a private cluster", "sample.hcp.{location}.azmk8s.io"), 51),
    boot(https("base", "mcr.microsoft.com", "images of Microsoft's registry, and the nodes' own outbound check at boot"), 50),
    https("base", "*.data.mcr.microsoft.com", "the layers of those images", "westeurope.data.mcr.microsoft.com"),
    https("base", "mcr-0001.mcr-msedge.net", "the content network of Microsoft's registry"),
    https("base", "management.azure.com", "Kubernetes operations against Azure Resource Manager"),
    https("base", "login.microsoftonline.com", "sign-in with Microsoft Entra ID"),
    https("base", "packages.microsoft.com", "packages such as Moby, PowerShell and the Azure CLI"),
    boot_if_not_cached(https("base", "acs-mirror.azureedge.net", "kubenet, Azure CNI and other binaries; to be replaced by packages.aks.azure.com"), 41),
    boot_if_not_cached(https("base", "packages.aks.azure.com", "replaces acs-mirror.azureedge.net"), 41),
)

_NETWORK = (
    optional(
        RequiredEndpoint(
            "legacy-tunnel", "service-tag", "AzureCloud.{location}", "udp", 1194, "tunnel to the control plane, where there is no konnectivity agent"
        )
    ),
    optional(
        RequiredEndpoint(
            "legacy-tunnel", "service-tag", "AzureCloud.{location}", "tcp", 9000, "tunnel to the control plane, where there is no konnectivity agent"
        )
    ),
    optional(RequiredEndpoint("legacy-ntp", "fqdn", "ntp.ubuntu.com", "udp", 123, "time, on nodes made before March 2021")),
    boot(RequiredEndpoint("custom-dns", "address", "{customDnsAddress}", "udp", 53, "the network's own DNS servers"), 52),
    optional(
        RequiredEndpoint("apiserver-ip", "address", "{apiServerAddress}", "tcp", 443, "pods that use the API server's address; not for a private cluster")
    ),
    optional(RequiredEndpoint("monitor", "service-tag", "AzureMonitor", "tcp", 443, "metrics and logs to Azure Monitor, if not by its names")),
)

_API_SERVER_IN_NETWORK = (
    boot(RequiredEndpoint("vnet-integration", "address", "{apiServerSubnetAddress}", "tcp", 443, "nodes talk to the API server in the cluster's network"), 51),
    boot(RequiredEndpoint("vnet-integration", "address", "{apiServerSubnetAddress}", "tcp", 4443, "nodes talk to the API server in the cluster's network"), 51),
)

_OS_UPDATES = (
    optional(http("os-updates", "security.ubuntu.com", "security patches of the node's system")),
    optional(http("os-updates", "azure.archive.ubuntu.com", "patches of the node's system")),
    optional(http("os-updates", "changelogs.ubuntu.com", "change logs of those patches")),
    optional(https("os-updates", "snapshot.ubuntu.com", "patches of the node's system")),
)

_GPU = (
    boot_if_not_cached(https("gpu", "nvidia.github.io", "driver and container toolkit of GPU nodes")),
    boot_if_not_cached(https("gpu", "us.download.nvidia.com", "driver of GPU nodes")),
    boot_if_not_cached(https("gpu", "download.docker.com", "driver installation on GPU nodes")),
)

_WINDOWS = (
    boot_if_not_cached(https("windows", "onegetcdn.azureedge.net", "Windows binaries")),
    boot_if_not_cached(https("windows", "go.microsoft.com", "Windows binaries")),
    http("windows", "*.mp.microsoft.com", "Windows updates", "sample.mp.microsoft.com"),
    http("windows", "www.msftconnecttest.com", "Windows connection test"),
    http("windows", "ctldl.windowsupdate.com", "Windows certificate trust lists"),
)

_ADD_ONS = (
    https("workload-identity", "login.microsoftonline.com", "sign-in of workloads"),
    https("defender", "login.microsoftonline.com", "sign-in of Microsoft Defender"),
    https("defender", "*.ods.opinsights.azure.com", "Defender's security events", "sample.ods.opinsights.azure.com"),
    https("defender", "*.oms.opinsights.azure.com", "Defender's sign-in to its workspace", "sample.oms.opinsights.azure.com"),
    https("defender", "*.cloud.defender.microsoft.com", "Defender's cloud service", "sample.cloud.defender.microsoft.com"),
    https("keyvault", "*.vault.azure.net", "secrets of Key Vault; the page says vault.azure.net, real vaults are names below it", "sample.vault.azure.net"),
    https("policy", "data.policy.core.windows.net", "Azure Policy's assignments and results"),
    https("policy", "store.policy.core.windows.net", "Azure Policy's constraint templates"),
    https("policy", "dc.services.visualstudio.com", "Azure Policy's telemetry"),
    https("cost", "management.azure.com", "cost analysis"),
    https("cost", "login.microsoftonline.com", "cost analysis"),
    https("agic", "management.azure.com", "the ingress controller of Application Gateway asks Azure Resource Manager"),
    https("agic", "login.microsoftonline.com", "sign-in of the ingress controller of Application Gateway"),
)

_MONITOR = (
    https("monitor", "dc.services.visualstudio.com", "the agent's telemetry"),
    https("monitor", "*.monitoring.azure.com", "metrics", "sample.monitoring.azure.com"),
    https("monitor", "login.microsoftonline.com", "sign-in of the agent"),
    https("monitor", "global.handler.control.monitor.azure.com", "the agent's access control service"),
    https("monitor", "{location}.handler.control.monitor.azure.com", "the agent's collection rules"),
    https("container-insights", "*.ods.opinsights.azure.com", "logs to a workspace", "sample.ods.opinsights.azure.com"),
    https("container-insights", "*.oms.opinsights.azure.com", "sign-in to a workspace", "sample.oms.opinsights.azure.com"),
    https("container-insights", "*.ingest.monitor.azure.com", "logs through a data collection endpoint", "sample.ingest.monitor.azure.com"),
    https("prometheus", "*.metrics.ingest.monitor.azure.com", "metrics of managed Prometheus", "sample.metrics.ingest.monitor.azure.com"),
    https("app-monitoring", "*.in.applicationinsights.azure.com", "telemetry of instrumented applications", "sample.in.applicationinsights.azure.com"),
)

_IN_CLUSTER = (
    https("image-cleaner", "mcr.microsoft.com", "images of the image cleaner; what is not listed apart, the core requirements cover"),
    https("image-cleaner", "*.data.mcr.microsoft.com", "layers of those images", "westeurope.data.mcr.microsoft.com"),
    https("dapr", "mcr.microsoft.com", "images of Dapr, beside what every cluster extension needs"),
    https("flux", "mcr.microsoft.com", "images of Flux, beside what every cluster extension needs"),
    https("flux", "{gitHost}", "the Git repository that a Flux configuration names"),
    boot(https("isolated", "{bootstrapRegistry}", "the registry that nodes of a network-isolated cluster take Microsoft's images from")),
)

_EXTENSIONS = (
    https("extensions", "{location}.dp.kubernetesconfiguration.azure.com", "configuration of cluster extensions"),
    https("extensions", "mcr.microsoft.com", "images of cluster extensions"),
    https("extensions", "*.data.mcr.microsoft.com", "layers of those images", "westeurope.data.mcr.microsoft.com"),
    https("extensions", "arcmktplaceprod.azurecr.io", "images of marketplace extensions"),
    https("extensions", "arcmktplaceprod.centralindia.data.azurecr.io", "layers of marketplace extensions"),
    https("extensions", "arcmktplaceprod.japaneast.data.azurecr.io", "layers of marketplace extensions"),
    https("extensions", "arcmktplaceprod.westus2.data.azurecr.io", "layers of marketplace extensions"),
    https("extensions", "arcmktplaceprod.westeurope.data.azurecr.io", "layers of marketplace extensions"),
    https("extensions", "arcmktplaceprod.eastus.data.azurecr.io", "layers of marketplace extensions"),
    https("extensions", "*.ingestion.msftcloudes.com", "the agent's metrics", "sample.ingestion.msftcloudes.com"),
    https("extensions", "*.microsoftmetrics.com", "the agent's metrics", "sample.microsoftmetrics.com"),
    https("extensions", "marketplaceapi.microsoft.com", "marketplace metering"),
)

PUBLIC: tuple[RequiredEndpoint, ...] = (
    *_BASE,
    *_NETWORK,
    *_API_SERVER_IN_NETWORK,
    *_OS_UPDATES,
    *_GPU,
    *_WINDOWS,
    *_ADD_ONS,
    *_MONITOR,
    *_EXTENSIONS,
    *_IN_CLUSTER,
)
