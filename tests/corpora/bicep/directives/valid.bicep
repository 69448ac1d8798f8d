#disable-next-line no-unused-params
param unused string
#disable-diagnostics no-unused-vars no-hardcoded-env-urls
var silent = 'https://management.azure.com'
#restore-diagnostics no-unused-vars
var spoken = 'https://management.azure.com'
#disable-next-line no-unused-vars // why
var commented = 1
// #disable-next-line no-unused-vars
var notSilent = 1
