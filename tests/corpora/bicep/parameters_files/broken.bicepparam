using
extends
param
param name
param size =
nonsense
