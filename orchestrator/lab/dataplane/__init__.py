"""The data plane of the lab: real packets through network namespaces that the deployed resources describe. `client.DataPlane` is its way in."""
