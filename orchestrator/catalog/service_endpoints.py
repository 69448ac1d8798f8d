"""Virtual network service endpoints: which service tag their routes carry, and under which suffixes the service's names lie."""

from dataclasses import dataclass

SOURCE = "https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview"
DATE = "2026-06-18"


@dataclass(frozen=True, slots=True)
class ServiceEndpoint:
    """A service that a subnet may have an endpoint for."""

    service: str
    tag: str
    suffixes: tuple[str, ...]


SERVICE_ENDPOINTS: tuple[ServiceEndpoint, ...] = (
    ServiceEndpoint("Microsoft.Storage", "Storage", (".core.windows.net", ".core.chinacloudapi.cn", ".core.usgovcloudapi.net")),
    ServiceEndpoint("Microsoft.Storage.Global", "Storage", (".core.windows.net",)),
    ServiceEndpoint(
        "Microsoft.Sql", "Sql", (".database.windows.net", ".mysql.database.azure.com", ".postgres.database.azure.com", ".mariadb.database.azure.com")
    ),
    ServiceEndpoint("Microsoft.AzureCosmosDB", "AzureCosmosDB", (".documents.azure.com", ".cosmos.azure.com")),
    ServiceEndpoint("Microsoft.KeyVault", "AzureKeyVault", (".vault.azure.net",)),
    ServiceEndpoint("Microsoft.ServiceBus", "ServiceBus", (".servicebus.windows.net",)),
    ServiceEndpoint("Microsoft.EventHub", "EventHub", (".servicebus.windows.net",)),
    ServiceEndpoint("Microsoft.Web", "AppService", (".azurewebsites.net",)),
    ServiceEndpoint("Microsoft.CognitiveServices", "CognitiveServicesManagement", (".cognitiveservices.azure.com",)),
    ServiceEndpoint("Microsoft.ContainerRegistry", "AzureContainerRegistry", (".azurecr.io",)),
    ServiceEndpoint("Microsoft.AzureActiveDirectory", "AzureActiveDirectory", ()),
)


def find_service_endpoint(service: str) -> ServiceEndpoint | None:
    """The row of a service, in any case."""
    return next((row for row in SERVICE_ENDPOINTS if row.service.lower() == service.lower()), None)
